// SPDX-License-Identifier: MIT
#include "helper/SessionId.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace lunaris;

class SessionIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void theFirstLineCounts_data();
    void theFirstLineCounts();
    void withoutAFileThereIsNone();
    void badContentIsOneWarning_data();
    void badContentIsOneWarning();
    void badFilesAreOneWarning_data();
    void badFilesAreOneWarning();

private:
    QString path() const { return m_directory->filePath(QStringLiteral("session-id")); }
    void write(const QByteArray &content) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void SessionIdTest::theFirstLineCounts_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("id");
    const QString plain = QStringLiteral("0195f2d0-0000-7000-8000-000000000001");
    QTest::newRow("a line") << plain.toLatin1() + "\n" << plain;
    QTest::newRow("without an end") << plain.toLatin1() << plain;
    QTest::newRow("with a Windows end") << plain.toLatin1() + "\r\n" << plain;
    QTest::newRow("with more lines") << plain.toLatin1() + "\nsecond\n" << plain;
    QTest::newRow("with more that is no text")
        << plain.toLatin1() + "\n\xff\xfe" + QByteArray(9000, '\0') << plain;
    QTest::newRow("not English") << QByteArray("h\xc3\xa9llo\n") << QString::fromUtf8("h\xc3\xa9llo");
    QTest::newRow("the longest") << QByteArray(128, 'x') + "\n" << QString(128, u'x');
    QTest::newRow("the longest, in four bytes each")
        << QString(64 * 2, u' ').replace(QStringLiteral("  "), QString::fromUtf8("\xf0\x9f\x90\xa7")).toUtf8()
        << QString(64 * 2, u' ').replace(QStringLiteral("  "), QString::fromUtf8("\xf0\x9f\x90\xa7"));
}

void SessionIdTest::theFirstLineCounts()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, id);
    write(content);
    QCOMPARE(sessionIdIn(path()), id);
}

void SessionIdTest::withoutAFileThereIsNone()
{
    QCOMPARE(sessionIdIn(path()), QString());
    QCOMPARE(sessionIdIn(m_directory->filePath(QStringLiteral("no/such/place"))), QString());
}

void SessionIdTest::badContentIsOneWarning_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("about");
    const QString length = QStringLiteral("1 to 128 characters");
    const QString control = QStringLiteral("control characters");
    QTest::newRow("nothing") << QByteArray() << length;
    QTest::newRow("an empty line") << QByteArray("\nsecond") << length;
    QTest::newRow("too long") << QByteArray(129, 'x') << length;
    QTest::newRow("a megabyte") << QByteArray(1'000'000, 'x') << length;
    QTest::newRow("no UTF-8") << QByteArray("caf\xe9\n") << QStringLiteral("UTF-8");
    QTest::newRow("a zero") << QByteArray("a\0b\n", 4) << control;
    QTest::newRow("a tab") << QByteArray("a\tb\n") << control;
    QTest::newRow("an escape") << QByteArray("\x1b[2J\n") << control;
    QTest::newRow("C1") << QByteArray("a\xc2\x9b\n") << control;
}

void SessionIdTest::badContentIsOneWarning()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, about);
    write(content);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("session-id cannot be used .*") + about));
    QCOMPARE(sessionIdIn(path()), QString());
}

void SessionIdTest::badFilesAreOneWarning_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("a folder") << QStringLiteral("folder");
    QTest::newRow("a pipe that nobody writes") << QStringLiteral("pipe");
    QTest::newRow("a link to what root may read") << QStringLiteral("link");
    QTest::newRow("a device") << QStringLiteral("device");
}

void SessionIdTest::badFilesAreOneWarning()
{
    QFETCH(QString, what);
    const QByteArray name = QFile::encodeName(path());
    QString file = path();
    if (what == QLatin1String("folder")) {
        QCOMPARE(mkdir(name.constData(), 0700), 0);
    } else if (what == QLatin1String("pipe")) {
        QCOMPARE(mkfifo(name.constData(), 0600), 0);
    } else if (what == QLatin1String("link")) {
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), path()));
    } else {
        file = QStringLiteral("/dev/zero");
    }
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("^The session id in .* cannot be used")));
    QCOMPARE(sessionIdIn(file), QString());
}

QTEST_GUILESS_MAIN(SessionIdTest)
#include "SessionIdTest.moc"
