// SPDX-License-Identifier: MIT
#include "helper/home/Watchdog.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace lunaris;
using namespace std::chrono_literals;

class WatchdogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beatsWhileBothThreadsLive();
    void isSilentWhileTheOtherHangs();
    void managersWishIsKnown_data();
    void managersWishIsKnown();
    void managerIsTold();
};

void WatchdogTest::beatsWhileBothThreadsLive()
{
    QThread thread;
    QObject other;
    other.moveToThread(&thread);
    thread.start();
    int beats = 0;
    Watchdog watchdog(other, 20ms, [&beats] { ++beats; });
    QTRY_VERIFY(beats >= 5);
    thread.quit();
    thread.wait();
}

void WatchdogTest::isSilentWhileTheOtherHangs()
{
    QThread thread;
    QObject other;
    other.moveToThread(&thread);
    thread.start();
    QSemaphore hangs;
    QSemaphore goesOn;
    QMetaObject::invokeMethod(&other, [&] {
        hangs.release();
        goesOn.acquire();
    });
    hangs.acquire();
    int beats = 0;
    Watchdog watchdog(other, 2ms, [&beats] { ++beats; });
    int rounds = 0; // of a timer as fast as the watchdog's
    QTimer clock;
    connect(&clock, &QTimer::timeout, &clock, [&rounds] { ++rounds; });
    clock.start(1ms);
    QTRY_VERIFY(rounds >= 20);
    QCOMPARE(beats, 0);
    goesOn.release();
    QTRY_VERIFY(beats >= 2);
    thread.quit();
    thread.wait();
}

void WatchdogTest::managersWishIsKnown_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<QByteArray>("pid");
    QTest::addColumn<qint64>("microseconds");
    const QByteArray own = QByteArray::number(getpid());
    QTest::newRow("a minute") << QByteArray("60000000") << own << qint64(60'000'000);
    QTest::newRow("of another process") << QByteArray("60000000") << QByteArray("1") << qint64(0);
    QTest::newRow("none") << QByteArray() << QByteArray() << qint64(0);
    QTest::newRow("no number") << QByteArray("soon") << own << qint64(0);
}

void WatchdogTest::managersWishIsKnown()
{
    QFETCH(QByteArray, limit);
    QFETCH(QByteArray, pid);
    QFETCH(qint64, microseconds);
    limit.isEmpty() ? qunsetenv("WATCHDOG_USEC") : qputenv("WATCHDOG_USEC", limit);
    pid.isEmpty() ? qunsetenv("WATCHDOG_PID") : qputenv("WATCHDOG_PID", pid);
    QCOMPARE(qint64(Watchdog::wantedByManager().count()), microseconds);
}

void WatchdogTest::managerIsTold()
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    // Bound by the kernel to a name of its own, in the abstract namespace.
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    QCOMPARE(bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(sa_family_t)), 0);
    socklen_t size = sizeof(address);
    QCOMPARE(getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size), 0);
    qputenv("NOTIFY_SOCKET",
            '@' + QByteArray(address.sun_path + 1, int(size - offsetof(sockaddr_un, sun_path) - 1)));
    Watchdog::tellManager();
    char message[64];
    const ssize_t length = recv(socket, message, sizeof(message), MSG_DONTWAIT);
    QCOMPARE(QByteArray(message, int(length)), QByteArray("WATCHDOG=1"));
    close(socket);
    qunsetenv("NOTIFY_SOCKET");
}

QTEST_GUILESS_MAIN(WatchdogTest)

#include "WatchdogTest.moc"
