// SPDX-License-Identifier: MIT
#include "helper/normalizer/PeerAddress.h"
#include "bpf/events.h"

#include <QByteArray>
#include <QTest>
#include <algorithm>
#include <arpa/inet.h>
#include <cstring>

using namespace lunaris;

namespace
{

QByteArray raw(const char *text, std::uint16_t port)
{
    lkm_address address{};
    address.port = port;
    address.family = std::strchr(text, ':') == nullptr ? LKM_FAMILY_IPV4 : LKM_FAMILY_IPV6;
    if (inet_pton(address.family == LKM_FAMILY_IPV4 ? AF_INET : AF_INET6, text, address.bytes) != 1) {
        qFatal("the test has a wrong address");
    }
    return {reinterpret_cast<const char *>(&address), sizeof(address)};
}

std::optional<PeerAddress> read(const QByteArray &bytes)
{
    return PeerAddress::read({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

} // namespace

class PeerAddressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void rubbishIsRefused();
};

void PeerAddressTest::addresses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("loopback");
    const auto row = [](const char *address, std::uint16_t port, const char *text, bool loopback) {
        QTest::newRow(address) << raw(address, port) << QString::fromLatin1(text) << loopback;
    };
    row("192.0.2.1", 443, "192.0.2.1:443", false);
    row("127.0.0.1", 80, "127.0.0.1:80", true);
    row("127.255.255.254", 1, "127.255.255.254:1", true);
    row("128.0.0.1", 1, "128.0.0.1:1", false);
    row("0.0.0.0", 0, "0.0.0.0:0", false);
    row("2001:db8::1", 65535, "[2001:db8::1]:65535", false);
    row("::1", 22, "[::1]:22", true);
    row("::2", 22, "[::2]:22", false);
    row("::ffff:192.0.2.1", 443, "192.0.2.1:443", false);
    row("::ffff:127.0.0.1", 443, "127.0.0.1:443", true);
}

void PeerAddressTest::addresses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QFETCH(bool, loopback);
    const auto address = read(bytes);
    QVERIFY(address);
    QCOMPARE(QString::fromStdString(address->toText()), text);
    QCOMPARE(address->isLoopback(), loopback);
}

void PeerAddressTest::rubbishIsRefused()
{
    QByteArray bytes = raw("192.0.2.1", 443);
    QVERIFY(!read({}));
    QVERIFY(!read(bytes.chopped(1)));
    QVERIFY(!read(bytes + '\0'));
    bytes[0] = 1; // a Unix socket
    QVERIFY(!read(bytes));
}

QTEST_GUILESS_MAIN(PeerAddressTest)
#include "PeerAddressTest.moc"
