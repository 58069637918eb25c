// SPDX-License-Identifier: MIT
//
// Done to the test's own process: it is closed when the test is over.
#include "helper/home/ProcessGuard.h"

#include <QTest>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace lunaris;

class ProcessGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void variablesAreKeptOrGone_data();
    void variablesAreKeptOrGone();
    void nobodyLooksIn();
    void nothingIsGained();
};

void ProcessGuardTest::initTestCase()
{
    umask(0);
    for (const char *name : {"LUNARIS_SESSION_ID", "STATE_DIRECTORY", "NOTIFY_SOCKET", "QT_PLUGIN_PATH",
                             "QDBUS_DEBUG", "LD_PRELOAD_NOT", "TMPDIR", "HOME", "PATH", "LANG", "LUNARI"}) {
        qputenv(name, "given");
    }
    const std::error_code error = guardProcess();
    QVERIFY2(!error, error.message().c_str());
}

void ProcessGuardTest::variablesAreKeptOrGone_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *name : {"LUNARIS_SESSION_ID", "STATE_DIRECTORY", "NOTIFY_SOCKET"}) {
        QTest::newRow(name) << QByteArray("given");
    }
    for (const char *name :
         {"QT_PLUGIN_PATH", "QDBUS_DEBUG", "LD_PRELOAD_NOT", "TMPDIR", "HOME", "LANG", "LUNARI"}) {
        QTest::newRow(name) << QByteArray();
    }
    QTest::newRow("PATH") << QByteArray("/usr/sbin:/usr/bin:/sbin:/bin");
    QTest::newRow("LC_ALL") << QByteArray("C.UTF-8");
}

void ProcessGuardTest::variablesAreKeptOrGone()
{
    QFETCH(QByteArray, value);
    QCOMPARE(qgetenv(QTest::currentDataTag()), value);
}

void ProcessGuardTest::nobodyLooksIn()
{
    QCOMPARE(umask(077), mode_t(077));
    QCOMPARE(prctl(PR_GET_DUMPABLE), 0);
    rlimit limit{1, 1};
    QCOMPARE(getrlimit(RLIMIT_CORE, &limit), 0);
    QCOMPARE(limit.rlim_cur, rlim_t(0));
    QCOMPARE(limit.rlim_max, rlim_t(0));
}

void ProcessGuardTest::nothingIsGained()
{
    QCOMPARE(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
}

QTEST_GUILESS_MAIN(ProcessGuardTest)

#include "ProcessGuardTest.moc"
