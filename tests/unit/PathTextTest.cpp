// SPDX-License-Identifier: MIT
#include "app/models/PathText.h"

#include "dbus/MonitorEvent.h"

#include <QTest>

using namespace lunaris;

class PathTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paths_data();
    void paths();
    void unreadable();
    void tellsWhatIsSpecial_data();
    void tellsWhatIsSpecial();
};

void PathTextTest::paths_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint32>("attributes");
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("fileName");

    const quint32 none = 0;
    QTest::newRow("plain") << QByteArray("/home/a/b.txt") << none << QStringLiteral("/home/a/")
                           << QStringLiteral("b.txt");
    QTest::newRow("root") << QByteArray("/") << none << QStringLiteral("/") << QString();
    QTest::newRow("umlaut") << QByteArray("/tmp/größe") << none << QStringLiteral("/tmp/")
                            << QStringLiteral("größe");
    QTest::newRow("newline") << QByteArray("/tmp/a\nb") << none << QStringLiteral("/tmp/")
                             << QStringLiteral("a\\x0ab");
    QTest::newRow("not UTF-8") << QByteArray("/t\xff/\xc3") << none << QStringLiteral("/t\\xff/")
                               << QStringLiteral("\\xc3");
    QTest::newRow("right to left override")
        << QByteArray("/a\xe2\x80\xae"
                      "b")
        << none << QStringLiteral("/") << QStringLiteral("a\\xe2\\x80\\xaeb");
    QTest::newRow("deleted is not in the text")
        << QByteArray("/tmp/x") << quint32(DeletedFile) << QStringLiteral("/tmp/") << QStringLiteral("x");
    QTest::newRow("truncated inside a name") << QByteArray("me/file") << quint32(TruncatedPath)
                                             << QStringLiteral("…/me/") << QStringLiteral("file");
    QTest::newRow("truncated before a slash") << QByteArray("/me/file") << quint32(TruncatedPath)
                                              << QStringLiteral("…/me/") << QStringLiteral("file");
    QTest::newRow("truncated and marked so") << QByteArray("…/me/file") << quint32(TruncatedPath)
                                             << QStringLiteral("…/me/") << QStringLiteral("file");
    QTest::newRow("truncated without a slash")
        << QByteArray("file") << quint32(TruncatedPath) << QStringLiteral("…/") << QStringLiteral("file");
}

void PathTextTest::paths()
{
    QFETCH(QByteArray, bytes);
    QFETCH(quint32, attributes);
    QFETCH(QString, directory);
    QFETCH(QString, fileName);
    QCOMPARE(PathText::directory(bytes, attributes), directory);
    QCOMPARE(PathText::fileName(bytes, attributes), fileName);
    QCOMPARE(PathText::whole(bytes, attributes), directory + fileName);
}

void PathTextTest::unreadable()
{
    QVERIFY(!PathText::whole({}, UnreadableName).isEmpty());
    QVERIFY(!PathText::whole({}, 0).isEmpty());
}

void PathTextTest::tellsWhatIsSpecial_data()
{
    QTest::addColumn<quint32>("attributes");
    QTest::addColumn<int>("lines");
    QTest::newRow("nothing") << quint32(0) << 0;
    QTest::newRow("deleted") << quint32(DeletedFile) << 1;
    QTest::newRow("created in a container") << quint32(CreatedFile | ForeignMountNamespace) << 2;
}

void PathTextTest::tellsWhatIsSpecial()
{
    QFETCH(quint32, attributes);
    QFETCH(int, lines);
    const QString detail = PathText::detail("/a\nb", attributes);
    QVERIFY(detail.startsWith(QStringLiteral("/a\\x0ab")));
    QCOMPARE(detail.count(QLatin1Char('\n')), lines);
}

QTEST_GUILESS_MAIN(PathTextTest)
#include "PathTextTest.moc"
