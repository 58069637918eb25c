// SPDX-License-Identifier: MIT
#include "app/capture/CaptureReader.h"
#include "app/capture/CaptureWriter.h"
#include "tests/unit/DamagedCaptures.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace lunaris;
using namespace lunaris::test;

namespace
{

const capture::Facts facts = {"host", "6.1.0", 1'771'677'296'000'000};

/// What is in a capture, and how it ended.
struct Content {
    MonitorEventList events;
    QList<quint64> losses;
    QString problem;
};

Content read(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    CaptureReader reader(buffer);
    Content content;
    while (const auto item = reader.next()) {
        if (const auto *const event = std::get_if<MonitorEvent>(&*item)) {
            content.events.append(*event);
        } else {
            content.losses.append(std::get<CaptureReader::Loss>(*item).events);
        }
    }
    if (const std::optional<Sentence> problem = reader.problem()) {
        content.problem = QString::fromStdString(problem->english());
    }
    return content;
}

} // namespace

class CaptureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackAsItWent();
    void isItsOwnersAlone();
    void isNotWrittenOver();
    void saysWhatItIs();
    void cutAnywhere();
    void changedAnywhere();
    void isStillBeingWritten();
    void tooMuchOrTooLittle();
    void damaged_data();
    void damaged();

private:
    /// Three batches: one event of each type, a loss, and the same again.
    QByteArray whole();
    MonitorEventList expected() const { return oneOfEachType() + oneOfEachType(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_file;
};

void CaptureTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_file = m_directory->filePath(QStringLiteral("events.capture"));
}

QByteArray CaptureTest::whole()
{
    {
        auto writer = CaptureWriter::create(m_file, facts);
        auto &capture = *std::get<std::unique_ptr<CaptureWriter>>(writer);
        capture.add(oneOfEachType(), 0);
        capture.add({}, 5);
        capture.add(oneOfEachType(), 0);
    }
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void CaptureTest::comesBackAsItWent()
{
    const Content content = read(whole());
    QCOMPARE(content.problem, QString());
    QCOMPARE(content.events, expected());
    QCOMPARE(content.losses, QList<quint64>{5});
    for (const auto &[name, text] : hostileNames()) {
        const MonitorEvent event = clientEvent("file.opened", "/" + name, 1);
        QCOMPARE(capture::readEvent(capture::write(event)), std::optional(event));
    }
}

void CaptureTest::isItsOwnersAlone()
{
    const mode_t before = umask(0);
    whole();
    umask(before);
    QCOMPARE(QFile::permissions(m_file) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void CaptureTest::isNotWrittenOver()
{
    const QByteArray before = whole();
    const auto writer = CaptureWriter::create(m_file, facts);
    QVERIFY(std::holds_alternative<Sentence>(writer));
    QCOMPARE(QString::fromStdString(std::get<Sentence>(writer).english()),
             m_file + QStringLiteral(
                          " is there already, and a capture does not write over it; choose another name"));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), before);
    QCOMPARE(std::get<Sentence>(CaptureWriter::create(QStringLiteral("/nowhere/x"), facts)).english(),
             std::string("/nowhere/x cannot be made: No such file or directory"));
}

void CaptureTest::saysWhatItIs()
{
    QBuffer buffer;
    buffer.setData(whole());
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    const CaptureReader reader(buffer);
    QCOMPARE(reader.facts().host, facts.host);
    QCOMPARE(reader.facts().kernelRelease, facts.kernelRelease);
    QCOMPARE(reader.facts().startTime, facts.startTime);
    QVERIFY(!CaptureWriter::factsOfThisMachine().kernelRelease.isEmpty());
}

/// Wherever it is cut: what comes is the beginning of what went, and it is said that it is not all.
void CaptureTest::cutAnywhere()
{
    const QByteArray bytes = whole();
    const MonitorEventList all = expected();
    qsizetype most = 0;
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const Content content = read(bytes.left(size));
        QVERIFY2(!content.problem.isEmpty(), qPrintable(QString::number(size)));
        QCOMPARE(content.events, all.mid(0, content.events.size()));
        QVERIFY(content.events.size() >= most); // never less of a longer one
        most = content.events.size();
    }
    QCOMPARE(most, all.size());
}

void CaptureTest::changedAnywhere()
{
    const QByteArray bytes = whole();
    const MonitorEventList all = expected();
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QByteArray changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        const Content content = read(changed);
        QVERIFY2(!content.problem.isEmpty(), qPrintable(QString::number(at)));
        QCOMPARE(content.events, all.mid(0, content.events.size()));
    }
    // What lies before the damage is all there, and its end is named.
    QByteArray changed = bytes;
    changed[changed.size() - 40] = static_cast<char>(changed.at(changed.size() - 40) ^ 1);
    const Content content = read(changed);
    QCOMPARE(content.events.size(), all.size() - 1);
    const QString sentence = content.problem;
    QVERIFY2(sentence.contains(QStringLiteral("can be read up to byte ")) &&
                 sentence.endsWith(QStringLiteral(", 13 events: the checksum is wrong")),
             qPrintable(sentence));
}

void CaptureTest::isStillBeingWritten()
{
    auto writer = CaptureWriter::create(m_file, facts);
    std::get<std::unique_ptr<CaptureWriter>>(writer)->add(oneOfEachType(), 0);
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Content content = read(file.readAll());
    QCOMPARE(content.events, oneOfEachType());
    QVERIFY2(content.problem.endsWith(QStringLiteral("was cut off, or is still being written")),
             qPrintable(content.problem));
}

void CaptureTest::tooMuchOrTooLittle()
{
    const Content more = read(whole() + 'x');
    QVERIFY2(more.problem.endsWith(QStringLiteral("something follows its end")), qPrintable(more.problem));
    QCOMPARE(more.events, expected());
    init();
    // A path longer than any kernel's: nobody could read on behind it, so it is counted as a loss.
    MonitorEvent event = openedHosts();
    event.subject = QByteArray(100'000, 'x');
    {
        auto writer = CaptureWriter::create(m_file, facts);
        std::get<std::unique_ptr<CaptureWriter>>(writer)->add({event, openedHosts()}, 0);
    }
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Content content = read(file.readAll());
    QCOMPARE(content.problem, QString());
    QCOMPARE(content.losses, QList<quint64>{1});
    QCOMPARE(content.events, MonitorEventList{openedHosts()});
}

void CaptureTest::damaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("events");
    QTest::addColumn<QByteArray>("sentence");
    for (const DamagedCapture &damaged : damagedCaptures()) {
        QTest::newRow(damaged.name) << damaged.bytes << damaged.events << damaged.sentence;
    }
}

void CaptureTest::damaged()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qsizetype, events);
    const Content content = read(bytes);
    QTEST(content.problem.toUtf8(), "sentence");
    QCOMPARE(content.events.size(), events);
}

QTEST_GUILESS_MAIN(CaptureTest)
#include "CaptureTest.moc"
