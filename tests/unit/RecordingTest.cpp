// SPDX-License-Identifier: MIT
#include "helper/recording/RecordingReader.h"
#include "helper/recording/RecordingWriter.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <cstring>
#include <random>
#include <sys/resource.h>
#include <xxhash.h>

using namespace lunaris;

namespace
{

constexpr std::uint32_t layout = 7;

const recording::Facts facts{"machine", "6.1.0", 1'771'677'296'000'001, layout};

using Records = std::vector<std::string>;

std::span<const std::byte> bytesOf(const std::string &text)
{
    return std::as_bytes(std::span(text));
}

std::string textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// What a reader gave, and what it said in the end.
struct Outcome {
    Records records;
    std::string problem;
    bool opened = false;
};

Outcome read(const QString &file, std::uint32_t expected = layout)
{
    auto opened = RecordingReader::open(file.toStdString(), expected);
    if (const auto *problem = std::get_if<std::string>(&opened)) {
        return {{}, *problem, false};
    }
    auto &reader = std::get<RecordingReader>(opened);
    Outcome outcome{{}, {}, true};
    while (const auto record = reader.next()) {
        outcome.records.push_back(textOf(*record));
    }
    if (reader.next()) {
        qFatal("there is something after the end");
    }
    outcome.problem = reader.problem();
    return outcome;
}

bool isBeginningOf(const Records &some, const Records &all)
{
    return some.size() <= all.size() && std::equal(some.begin(), some.end(), all.begin());
}

} // namespace

class RecordingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void whatGoesInComesOut_data();
    void whatGoesInComesOut();
    void offsetsAreKept();
    void factsAreKept();
    void onlyTheOwnerMayRead();
    void nothingIsWrittenOver();
    void whereNoFileCanBe();
    void aFullDisk();
    void flushedRecordsSurvive();
    void cutOffAnywhere();
    void damagedAnywhere();
    void noRecording_data();
    void noRecording();
    void anotherLayout();
    void hostileBlocks_data();
    void hostileBlocks();
    void randomMutations_data();
    void randomMutations();

private:
    QString write(const Records &records, std::size_t perBlock = SIZE_MAX);
    QString writeRaw(const QByteArray &bytes);
    QByteArray content() const;

    QTemporaryDir m_directory;
    QString m_file;
};

void RecordingTest::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_file = m_directory.filePath(QStringLiteral("r"));
}

void RecordingTest::init()
{
    QFile::remove(m_file);
}

QString RecordingTest::write(const Records &records, std::size_t perBlock)
{
    QFile::remove(m_file);
    auto created = RecordingWriter::create(m_file.toStdString(), facts);
    auto &writer = std::get<RecordingWriter>(created);
    std::size_t count = 0;
    for (const std::string &record : records) {
        writer.add(bytesOf(record), 0);
        if (++count % perBlock == 0) {
            writer.flush();
        }
    }
    return m_file;
}

QString RecordingTest::writeRaw(const QByteArray &bytes)
{
    QFile::remove(m_file); // a file that is cut to nothing and written again is flushed to the disk by some
    QFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("the test cannot write its file");
    }
    return m_file;
}

QByteArray RecordingTest::content() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void RecordingTest::whatGoesInComesOut_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("longest");
    QTest::newRow("nothing") << 0 << 1;
    QTest::newRow("one") << 1 << 100;
    QTest::newRow("empty ones") << 1000 << 0;
    QTest::newRow("as the kernel's") << 5000 << 300;
    QTest::newRow("longer than a block") << 20 << 100'000;
}

void RecordingTest::whatGoesInComesOut()
{
    QFETCH(int, count);
    QFETCH(int, longest);
    std::mt19937 random(3);
    for (const std::size_t perBlock : {std::size_t{1}, std::size_t{7}, SIZE_MAX}) {
        Records records;
        for (int record = 0; record < count; ++record) {
            records.emplace_back(random() % unsigned(longest + 1), char(random()));
        }
        const Outcome outcome = read(write(records, perBlock));
        QVERIFY(outcome.opened);
        QCOMPARE(QByteArray::fromStdString(outcome.problem), QByteArray());
        QVERIFY(outcome.records == records);
    }
    // No kernel makes one like this; it stays what it is, malformed, in bounded memory.
    const Outcome cut = read(write({std::string(5'000'000, 'x'), "next"}));
    QCOMPARE(cut.records.size(), std::size_t{2});
    QVERIFY(cut.records.at(0).size() < recording::maximumBlock);
    QCOMPARE(cut.records.at(1), std::string("next"));
}

void RecordingTest::offsetsAreKept()
{
    const std::vector<std::int64_t> offsets = {5, 5, -7, -7, INT64_MIN, INT64_MAX, 0, 0};
    {
        auto created = RecordingWriter::create(m_file.toStdString(), facts);
        for (const std::int64_t offset : offsets) {
            std::get<RecordingWriter>(created).add(bytesOf("x"), offset);
        }
    }
    auto opened = RecordingReader::open(m_file.toStdString(), layout);
    std::vector<std::int64_t> found;
    while (std::get<RecordingReader>(opened).next()) {
        found.push_back(std::get<RecordingReader>(opened).realtimeOffset());
    }
    QCOMPARE(found, offsets);
}

void RecordingTest::factsAreKept()
{
    const recording::Facts odd{std::string("\xff\n\0h", 4), std::string(70'000, 'k'), -5, layout};
    {
        const auto created = RecordingWriter::create(m_file.toStdString(), odd);
    }
    const auto opened = RecordingReader::open(m_file.toStdString(), layout);
    const recording::Facts &found = std::get<RecordingReader>(opened).facts();
    QCOMPARE(found.host, odd.host);
    QCOMPARE(found.kernelRelease, std::string(UINT16_MAX, 'k'));
    QCOMPARE(found.startTime, odd.startTime);
    QCOMPARE(found.layout, layout);
}

void RecordingTest::onlyTheOwnerMayRead()
{
    write({"x"});
    QCOMPARE(QFileInfo(m_file).permissions() & ~QFile::Permissions(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
}

void RecordingTest::nothingIsWrittenOver()
{
    writeRaw("precious");
    const QString link = m_directory.filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(m_directory.filePath(QStringLiteral("nowhere")), link));
    for (const QString &file : {m_file, link}) {
        const auto created = RecordingWriter::create(file.toStdString(), facts);
        const auto *problem = std::get_if<std::string>(&created);
        QVERIFY(problem);
        QVERIFY2(problem->find("is there already") != std::string::npos, problem->c_str());
        QVERIFY(problem->find(file.toStdString()) != std::string::npos);
    }
    QCOMPARE(content(), QByteArray("precious"));
    QVERIFY(!QFile::exists(m_directory.filePath(QStringLiteral("nowhere"))));
}

void RecordingTest::whereNoFileCanBe()
{
    const auto created = RecordingWriter::create("/nonexistent/r", facts);
    const auto *problem = std::get_if<std::string>(&created);
    QVERIFY(problem);
    QVERIFY2(problem->find("/nonexistent/r cannot be made: ") == 0, problem->c_str());
}

void RecordingTest::aFullDisk()
{
    // The limit on a file's size stands in for the disk: the write stops in the middle of a block.
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 100'000;
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    const Records records(300, std::string(1000, 'x'));
    std::string problem;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    {
        auto created = RecordingWriter::create(m_file.toStdString(), facts);
        auto &writer = std::get<RecordingWriter>(created);
        for (const std::string &record : records) {
            writer.add(bytesOf(record), 0);
        }
        writer.flush();
        problem = writer.problem();
        QCOMPARE(writer.records(), std::uint64_t{66}); // the first block
    }
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, ignored);
    QVERIFY2(problem.find(m_file.toStdString()) != std::string::npos, problem.c_str());
    const Outcome outcome = read(m_file);
    QCOMPARE(outcome.records.size(), std::size_t{66});
    QVERIFY2(outcome.problem.find("it has no end") != std::string::npos, outcome.problem.c_str());

    // Not even the beginning fits: then there is no file.
    QFile::remove(m_file);
    std::signal(SIGXFSZ, SIG_IGN);
    small.rlim_cur = 10;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const bool created =
        std::holds_alternative<RecordingWriter>(RecordingWriter::create(m_file.toStdString(), facts));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, ignored);
    QVERIFY(!created);
    QVERIFY(!QFile::exists(m_file));
}

void RecordingTest::flushedRecordsSurvive()
{
    // As a crash would leave it.
    auto created = RecordingWriter::create(m_file.toStdString(), facts);
    auto &writer = std::get<RecordingWriter>(created);
    writer.add(bytesOf("one"), 0);
    writer.flush();
    writer.add(bytesOf("two"), 0);
    const Outcome outcome = read(m_file);
    QCOMPARE(outcome.records, Records{"one"});
    QVERIFY2(outcome.problem.find("it has no end") != std::string::npos, outcome.problem.c_str());
}

void RecordingTest::cutOffAnywhere()
{
    const Records records = {"first", "second", "", "fourth", "fifth"};
    write(records, 2);
    const QByteArray whole = content();
    std::size_t most = 0;
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const Outcome outcome = read(writeRaw(whole.left(size)));
        QVERIFY2(!outcome.problem.empty(), QByteArray::number(size).constData());
        QVERIFY(isBeginningOf(outcome.records, records));
        QVERIFY(outcome.records.size() >= most); // more of the file never gives less
        most = outcome.records.size();
    }
    QCOMPARE(most, records.size());
}

void RecordingTest::damagedAnywhere()
{
    const Records records = {"first", "second", "", "fourth", "fifth"};
    write(records, 2);
    const QByteArray whole = content();
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray damaged = whole;
        damaged[at] = char(damaged.at(at) ^ 0x10);
        const Outcome outcome = read(writeRaw(damaged));
        QVERIFY2(!outcome.problem.empty(), QByteArray::number(at).constData());
        QVERIFY(isBeginningOf(outcome.records, records));
    }
    // It is said where: the second of two equal blocks begins in the middle.
    write({"same", "same"}, 1);
    QByteArray damaged = content();
    const qsizetype block = sizeof(recording::BlockHeader) + 8;
    const qsizetype second = damaged.size() - qsizetype(sizeof(recording::BlockHeader)) - block;
    damaged[second + block - 1] = 'S';
    const Outcome outcome = read(writeRaw(damaged));
    QCOMPARE(outcome.records, Records{"same"});
    QCOMPARE(outcome.problem, m_file.toStdString() + " can be read up to byte " + std::to_string(second) +
                                  ", 1 records: the checksum is wrong");
}

void RecordingTest::noRecording_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("empty") << QByteArray() << QByteArray(" is no recording");
    QTest::newRow("a text") << QByteArray(1000, 'x') << QByteArray(" is no recording");
    recording::FileHeader header;
    std::copy(std::begin(recording::magic), std::end(recording::magic), header.magic);
    const auto asBytes = [&header] {
        return QByteArray(reinterpret_cast<const char *>(&header), sizeof(header));
    };
    header.version = 2;
    QTest::newRow("a later version") << asBytes() << QByteArray(" is a recording of version 2, and");
    header.version = 0x01000000;
    QTest::newRow("the other byte order") << asBytes() << QByteArray(" of the other byte order");
    header.version = 1;
    header.hostLength = 10;
    QTest::newRow("only a header") << asBytes() << QByteArray(" is damaged at its very beginning");
    QTest::newRow("a wrong checksum")
        << asBytes() + QByteArray(18, 'x') << QByteArray(" is damaged at its very beginning");
}

void RecordingTest::noRecording()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, problem);
    const Outcome outcome = read(writeRaw(bytes));
    QVERIFY(!outcome.opened);
    const QByteArray said = QByteArray::fromStdString(outcome.problem);
    QVERIFY2(said.startsWith(m_file.toUtf8()) && said.contains(problem), said.constData());
    QVERIFY(read(QStringLiteral("/nonexistent")).problem.find("cannot be read") != std::string::npos);
    QVERIFY(read(m_directory.path()).problem.find("cannot be read: Is a directory") != std::string::npos);
}

void RecordingTest::anotherLayout()
{
    const Outcome outcome = read(write({"x"}), layout + 1);
    QVERIFY(!outcome.opened);
    QVERIFY2(outcome.problem.find("have the layout 7, and this reads 8") != std::string::npos,
             outcome.problem.c_str());
}

void RecordingTest::hostileBlocks_data()
{
    QTest::addColumn<quint32>("size");
    QTest::addColumn<quint64>("records");
    QTest::addColumn<QByteArray>("payload");
    const auto length = [](quint32 value) {
        return QByteArray(reinterpret_cast<const char *>(&value), sizeof(value));
    };
    QTest::newRow("too many records") << 5U << quint64{UINT64_MAX} << length(1) + "x";
    QTest::newRow("too few records") << 10U << quint64{1} << length(1) + "x" + length(1) + "y";
    QTest::newRow("records and no bytes") << 0U << quint64{1} << QByteArray();
    QTest::newRow("bytes and no records") << 5U << quint64{0} << length(1) + "x";
    QTest::newRow("half a length") << 3U << quint64{1} << QByteArray(3, '\0');
    QTest::newRow("a record longer than its block") << 5U << quint64{1} << length(2) + "x";
    QTest::newRow("a record of all memory") << 5U << quint64{1} << length(UINT32_MAX) + "x";
    QTest::newRow("a block of all memory") << UINT32_MAX << quint64{1} << length(1) + "x";
    QTest::newRow("a block that is too long") << quint32{recording::maximumBlock + 1} << quint64{1}
                                              << QByteArray(recording::maximumBlock + 1, '\0');
}

void RecordingTest::hostileBlocks()
{
    // The checksums are right: they are no secret.
    QFETCH(quint32, size);
    QFETCH(quint64, records);
    QFETCH(QByteArray, payload);
    write({"good"});
    recording::BlockHeader header;
    header.kind = recording::BlockKind::Records;
    header.size = size;
    header.records = records;
    header.checksum = XXH3_64bits_withSeed(payload.constData(), std::size_t(payload.size()),
                                           XXH3_64bits(&header, offsetof(recording::BlockHeader, checksum)));
    QByteArray bytes = content();
    bytes.chop(sizeof(header)); // the end
    bytes += QByteArray(reinterpret_cast<const char *>(&header), sizeof(header)) + payload;
    const Outcome outcome = read(writeRaw(bytes));
    QVERIFY(!outcome.problem.empty());
    QVERIFY(!outcome.records.empty() && outcome.records.size() <= 2);
    QCOMPARE(outcome.records.front(), std::string("good"));
}

void RecordingTest::randomMutations_data()
{
    QTest::addColumn<unsigned int>("seed");
    for (const unsigned int seed : {1U, 2U, 3U, 4U}) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void RecordingTest::randomMutations()
{
    QFETCH(unsigned int, seed);
    std::mt19937 random(seed);
    Records records;
    for (int record = 0; record < 40; ++record) {
        records.emplace_back(random() % 200, char(random()));
    }
    write(records, 5);
    const QByteArray whole = content();
    int opened = 0;
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes = whole;
        for (unsigned int change = 0; change < 1 + random() % 4; ++change) {
            const qsizetype at = qsizetype(random() % unsigned(bytes.size()));
            const qsizetype size = qsizetype(random() % 40);
            switch (random() % 4) {
            case 0:
                bytes[at] = char(random());
                break;
            case 1:
                bytes.remove(at, size);
                break;
            case 2:
                bytes.insert(at, QByteArray(size, char(random())));
                break;
            default:
                bytes.insert(at, bytes.mid(qsizetype(random() % unsigned(bytes.size())), size));
            }
            if (bytes.isEmpty()) {
                bytes = "x";
            }
        }
        const Outcome outcome = read(writeRaw(bytes));
        std::size_t size = 0;
        for (const std::string &record : outcome.records) {
            size += record.size() + sizeof(std::uint32_t);
        }
        QVERIFY(size <= std::size_t(bytes.size()));
        QVERIFY(isBeginningOf(outcome.records, records));
        QVERIFY(bytes == whole || !outcome.problem.empty());
        opened += outcome.opened ? 1 : 0;
    }
    QVERIFY(opened > 1000); // most rounds came past the door
}

QTEST_GUILESS_MAIN(RecordingTest)
#include "RecordingTest.moc"
