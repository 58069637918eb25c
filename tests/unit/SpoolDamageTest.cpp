// SPDX-License-Identifier: MIT
//
// Crashes, bad disks, and people who have been at the files.
#include "tests/unit/SpoolFixture.h"

using namespace lunaris;

class SpoolDamageTest : public QObject, private SpoolFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void aTornEndIsCut_data();
    void aTornEndIsCut();
    void everyFlippedByteIsFound();
    void damageWhileRunningIsCounted();
    void strangeContents_data();
    void strangeContents();
    void namesThatAreTaken();
    void foldersThatAreRefused_data();
    void foldersThatAreRefused();
};

void SpoolDamageTest::aTornEndIsCut_data()
{
    QTest::addColumn<int>("missing");
    // The last record has 8 + 100 bytes; behind it come the others.
    for (const int missing : {1, 7, 50, 95, 96, 97, 100, 107, 108, 109, 216, 300}) {
        QTest::addRow("%d bytes missing", missing) << missing;
    }
    for (const int more : {1, 7, 8, 12, 13, 107, 5000, 100'000}) {
        QTest::addRow("%d zeros more", more) << -more; // as file systems leave them after a loss of power
    }
}

void SpoolDamageTest::aTornEndIsCut()
{
    QFETCH(int, missing);
    QVERIFY(open()->append(chunkOf(0, 1000)));
    QFile file(segmentPath());
    QVERIFY(file.resize(file.size() - missing));
    const auto whole = static_cast<std::uint32_t>(1000 - (missing <= 0 ? 0 : (missing + 107) / 108));
    const bool isTorn = missing < 0 || missing % 108 != 0;
    if (isTorn) {
        expectWarning("^1 places in the spool");
    }
    {
        const auto spool = open();
        QCOMPARE(spool->damaged(), std::uint64_t{isTorn ? 1U : 0U});
        QCOMPARE(spool->recovered(), std::uint64_t{whole});
        QVERIFY(spool->append(chunkOf(whole, whole + 10)));
    }
    const auto spool = open(); // it is repaired: nothing to complain of
    QCOMPARE(spool->damaged(), std::uint64_t{0});
    QCOMPARE(takeAll(*spool), range(0, whole + 10));
}

void SpoolDamageTest::everyFlippedByteIsFound()
{
    QVERIFY(open()->append(chunkOf(0, 20, 20)));
    const QString path = segmentPath();
    const QByteArray good = readFile(path);
    QCOMPARE(good.size(), qsizetype(SpoolSegment::headerSize + 20 * 28));
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray bad = good;
        bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
        writeFile(path, bad);
        const bool inCursor = at >= 32 && at < qsizetype(SpoolSegment::headerSize);
        if (!inCursor) {
            expectWarning("^1 places in the spool");
        }
        const auto spool = open();
        const auto expected = at < 32    ? 0U
                              : inCursor ? 20U // where it was is not known: from the start
                                         : static_cast<std::uint32_t>((at - 48) / 28);
        QCOMPARE(spool->recovered(), std::uint64_t{expected});
        QCOMPARE(takeAll(*spool), range(0, expected));
        QCOMPARE(segments(), QStringList());
    }
}

void SpoolDamageTest::damageWhileRunningIsCounted()
{
    const auto spool = open();
    QVERIFY(spool->append(chunkOf(0, 10)));
    QFile file(segmentPath());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(48 + 4 * 108 + 50) && file.write("x") == 1);
    file.close();
    QVERIFY(spool->append(chunkOf(10, 20)));
    expectWarning("^16 events in the spool .* were damaged");
    QCOMPARE(takeAll(*spool), range(0, 4));
    QCOMPARE(spool->frames(), std::uint64_t{0});
    QCOMPARE(spool->dropped(), std::uint64_t{16});

    QVERIFY(spool->append(chunkOf(20, 30)));
    QVERIFY(QFile::resize(segmentPath(), 0));
    expectWarning("^10 events in the spool .* were damaged");
    QCOMPARE(takeAll(*spool), std::vector<std::uint32_t>());
    QVERIFY(spool->append(chunkOf(30, 40)));
    QVERIFY(QFile::remove(segmentPath())); // we have it open
    QCOMPARE(takeAll(*spool), range(30, 40));
    QCOMPARE(spool->dropped(), std::uint64_t{26});
}

void SpoolDamageTest::strangeContents_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("stays");
    QTest::newRow("nothing") << QStringLiteral("empty") << false;
    QTest::newRow("garbage") << QStringLiteral("garbage") << false;
    QTest::newRow("half a header") << QStringLiteral("half") << false;
    QTest::newRow("another magic") << QStringLiteral("magic") << false;
    QTest::newRow("another version") << QStringLiteral("version") << false;
    QTest::newRow("another number") << QStringLiteral("number") << false;
    QTest::newRow("a link to a file") << QStringLiteral("link") << true;
    QTest::newRow("a link to nowhere") << QStringLiteral("dangling") << true;
    QTest::newRow("a second name of a file") << QStringLiteral("hardlink") << true;
    QTest::newRow("a folder") << QStringLiteral("folder") << true;
    QTest::newRow("a pipe") << QStringLiteral("pipe") << true;
    QTest::newRow("others may write it") << QStringLiteral("writable") << true;
    QTest::newRow("somebody else's") << QStringLiteral("owner") << true;
}

void SpoolDamageTest::strangeContents()
{
    QFETCH(QString, what);
    QFETCH(bool, stays);
    if (what == QLatin1String("owner") && geteuid() != 0) {
        QSKIP("needs root to give a file away; run it with sudo");
    }
    {
        const auto spool = open(3'200'000); // a segment for each chunk
        for (std::uint32_t first = 0; first < 3000; first += 1000) {
            QVERIFY(spool->append(chunkOf(first, first + 1000)));
        }
        QCOMPARE(segments().size(), 3);
    }
    const QString path = segmentPath(1);
    const QByteArray name = QFile::encodeName(path);
    const QString victim = m_directory->filePath(QStringLiteral("victim"));
    const QByteArray content = readFile(path);
    writeFile(victim, content);
    QVERIFY(QFile::remove(path));
    if (what == QLatin1String("empty")) {
        writeFile(path, {});
    } else if (what == QLatin1String("garbage")) {
        writeFile(path, QByteArray(100'000, '\x5a'));
    } else if (what == QLatin1String("half")) {
        writeFile(path, content.left(30));
    } else if (what == QLatin1String("magic")) {
        writeFile(path, "lkmspool" + content.mid(8));
    } else if (what == QLatin1String("version")) {
        writeFile(path, content.left(8) + '\x02' + content.mid(9));
    } else if (what == QLatin1String("number")) {
        writeFile(path, readFile(segmentPath(0)));
    } else if (what == QLatin1String("link")) {
        QVERIFY(QFile::link(victim, path));
    } else if (what == QLatin1String("dangling")) {
        QVERIFY(QFile::link(QStringLiteral("/nonexistent"), path));
    } else if (what == QLatin1String("hardlink")) {
        QCOMPARE(link(QFile::encodeName(victim).constData(), name.constData()), 0);
    } else if (what == QLatin1String("folder")) {
        QVERIFY(QDir().mkdir(path));
    } else if (what == QLatin1String("pipe")) {
        QCOMPARE(mkfifo(name.constData(), 0600), 0);
    } else {
        writeFile(path, content);
        QCOMPARE(what == QLatin1String("owner") ? chown(name.constData(), 65534, 65534)
                                                : chmod(name.constData(), 0622),
                 0);
    }
    expectWarning("^1 places in the spool .* could not be read");
    const auto spool = open();
    QVERIFY(spool);
    QCOMPARE(spool->damaged(), std::uint64_t{1});
    QCOMPARE(spool->recovered(), std::uint64_t{2000});
    std::vector<std::uint32_t> expected = range(0, 1000);
    const std::vector<std::uint32_t> last = range(2000, 3000);
    expected.insert(expected.end(), last.begin(), last.end());
    QCOMPARE(takeAll(*spool), expected);
    QCOMPARE(readFile(victim), content); // whatever it was, nothing was written through it
    QCOMPARE(segments().size(), stays ? 1 : 0);
}

void SpoolDamageTest::namesThatAreTaken()
{
    // Where the next segments would be: links, so that whoever follows them writes elsewhere.
    const QString victim = m_directory->filePath(QStringLiteral("victim"));
    const auto spool = open();
    for (std::uint64_t number = std::uint64_t{1} << 32; number < (std::uint64_t{1} << 32) + 5; ++number) {
        QVERIFY(QFile::link(victim, m_state + QStringLiteral("/spool/") +
                                        QString::fromStdString(SpoolSegment::nameOf(number))));
    }
    QVERIFY(spool->append(chunkOf(0, 10)));
    QVERIFY(!QFile::exists(victim));
    QCOMPARE(takeAll(*spool), range(0, 10));
}

void SpoolDamageTest::foldersThatAreRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"a file for the state", "a file for the spool", "a link for the spool",
                             "a state that others may write", "a spool that others may write",
                             "a link for the lock", "no room for a state"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void SpoolDamageTest::foldersThatAreRefused()
{
    QFETCH(QString, what);
    const QString spool = m_state + QStringLiteral("/spool");
    const QString elsewhere = m_directory->filePath(QStringLiteral("elsewhere"));
    QVERIFY(QDir().mkpath(elsewhere));
    const auto forOthers = [](const QString &path) {
        return chmod(QFile::encodeName(path).constData(), 0777) == 0;
    };
    if (what == QLatin1String("a file for the state")) {
        QVERIFY(QDir().mkpath(m_directory->filePath(QStringLiteral("a"))));
        writeFile(m_state, "x");
    } else if (what == QLatin1String("a file for the spool")) {
        QVERIFY(QDir().mkpath(m_state));
        writeFile(spool, "x");
    } else if (what == QLatin1String("a link for the spool")) {
        QVERIFY(QDir().mkpath(m_state) && QFile::link(elsewhere, spool));
    } else if (what == QLatin1String("a state that others may write")) {
        QVERIFY(QDir().mkpath(m_state) && forOthers(m_state));
    } else if (what == QLatin1String("a spool that others may write")) {
        QVERIFY(QDir().mkpath(spool) && forOthers(spool));
    } else if (what == QLatin1String("a link for the lock")) {
        QVERIFY(QDir().mkpath(spool) && QFile::link(elsewhere, spool + QStringLiteral("/lock")));
    } else {
        m_state = QStringLiteral("/proc/nowhere/state");
    }
    expectWarning("cannot be used .*: unsent events are kept in memory only");
    QVERIFY(!open());
    QCOMPARE(QDir(elsewhere).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

QTEST_GUILESS_MAIN(SpoolDamageTest)
#include "SpoolDamageTest.moc"
