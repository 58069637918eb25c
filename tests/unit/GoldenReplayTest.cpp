// SPDX-License-Identifier: MIT
//
// A recording in the tree, and the events that must come of it, to the byte. Who means to change them
// runs this test with --regenerate, and reads what has changed before committing it.
#include "helper/pipeline/Pipeline.h"
#include "helper/source/ReplaySource.h"
#include "proto/Escape.h"
#include "tests/unit/RecordBuilder.h"
#include "tests/unit/RecordingFile.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <cstdio>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

const QString recordingFile = QStringLiteral(TEST_DATA "/session.recording");
const QString eventsFile = QStringLiteral(TEST_DATA "/session.events");

constexpr std::uint64_t millisecond = 1'000'000;
constexpr std::int64_t offset = 1'771'677'296'000'000'000;

/// Writes what an afternoon might be, one line after the other.
class Session
{
public:
    explicit Session(const QString &file) : m_writer(createRecording(file)) {}

    void setClockAhead(std::int64_t nanoseconds) { m_offset = offset + nanoseconds; }

    void addRaw(const std::vector<std::byte> &bytes) { m_writer.add(bytes, m_offset); }

    void add(std::uint64_t milliseconds, RecordBuilder record)
    {
        record.fields.header.boot_ns = 5'000'000'000 + milliseconds * millisecond;
        addRaw(record.bytes());
    }

    void process(std::uint64_t milliseconds, lkm_record_type type, std::uint32_t pid, std::uint32_t parent,
                 std::string_view executable = {}, std::int32_t value = 0)
    {
        RecordBuilder record(executable);
        record.setType(type).setProcess(pid, parent).setComm(executable.empty() ? "sh" : "editor");
        record.fields.flags = 0;
        record.fields.mode = 0;
        record.fields.value = value;
        add(milliseconds, record);
    }

    void open(std::uint64_t milliseconds, std::string_view path, std::uint32_t attributes = 0,
              std::uint32_t pid = 1234, std::uint32_t uid = 1000)
    {
        RecordBuilder record(path);
        record.setProcess(pid, 77).setUser(uid, uid);
        record.fields.attributes = attributes;
        add(milliseconds, record);
    }

    void fail(std::uint64_t milliseconds, std::string_view directory, std::string_view name, int error)
    {
        RecordBuilder record(directory);
        record.setType(LKM_RECORD_OPEN_FAILED).setName(name);
        record.fields.value = -error;
        record.fields.mode = 0;
        add(milliseconds, record);
    }

    void written(std::uint64_t milliseconds, std::string_view path, std::int64_t bytes)
    {
        RecordBuilder record(path);
        record.setType(LKM_RECORD_WRITTEN);
        record.fields.flags = 0;
        record.fields.value = bytes;
        add(milliseconds, record);
    }

    void connection(std::uint64_t milliseconds, lkm_record_type type, unsigned char first)
    {
        lkm_address address{};
        address.family = LKM_FAMILY_IPV4;
        address.port = 443;
        const unsigned char bytes[] = {first, 0, 2, 1};
        std::copy(std::begin(bytes), std::end(bytes), address.bytes);
        RecordBuilder record("");
        record.setType(type).setName({reinterpret_cast<const char *>(&address), sizeof(address)});
        record.fields.flags = 0;
        record.fields.mode = 0;
        record.fields.value = 40'000;
        add(milliseconds, record);
    }

private:
    RecordingWriter m_writer;
    std::int64_t m_offset = offset;
};

void writeSession(const QString &file)
{
    constexpr auto writable = std::uint32_t{LKM_ATTRIBUTE_WRITABLE};
    const std::string letter = "/home/tester/letter.txt";
    Session session(file);
    session.process(0, LKM_RECORD_RUNNING, 77, 1, "/usr/bin/bash");
    session.process(1, LKM_RECORD_FORK, 1234, 77);
    session.open(2, "/home/tester/.profile");
    session.process(3, LKM_RECORD_EXEC, 1234, 77, "/usr/bin/editor");
    session.open(4, "/usr/lib/libeditor.so");
    session.open(5, letter);
    session.open(6, letter);            // repeats
    session.open(15, letter, writable); // is a write
    session.open(110, letter);          // repeats the write
    session.open(120, letter);
    session.open(119, letter); // out of order, and still a repeat
    session.open(121, letter, 0, 999);
    session.open(122, letter, LKM_ATTRIBUTE_COMPARED); // the kernel knows better
    session.open(130, "/home/tester/\xff\n.txt", LKM_ATTRIBUTE_CREATED | writable);
    session.open(131, "/tmp/deleted", LKM_ATTRIBUTE_DELETED);
    session.open(132, "/tmp2/deleted", LKM_ATTRIBUTE_DELETED | LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE);
    session.open(133, "/run/media/stick/a");
    session.open(134, "/tmp/long/" + std::string(100, 'x'), LKM_ATTRIBUTE_TRUNCATED);
    session.open(135, "/etc/shadow", 0, 1, 0);
    session.fail(140, "/home/tester", "missing", ENOENT);
    session.fail(141, "/home/tester", "missing", ENOENT); // repeats
    session.fail(142, "/home/tester", "missing", EACCES);
    session.fail(143, "", "/absent", ENOENT);
    session.connection(150, LKM_RECORD_CONNECT, 192);
    session.connection(151, LKM_RECORD_CONNECT, 127); // stays on this machine
    session.connection(152, LKM_RECORD_ACCEPT, 192);
    session.written(160, letter, std::int64_t{1} << 33);
    session.written(161, letter, 5); // each is news
    session.written(162, "/tmp/scratch", 5);
    session.addRaw({});
    session.addRaw(std::vector<std::byte>(40, std::byte{0xff}));
    session.setClockAhead(-3'600'000'000'000); // somebody sets the clock
    session.open(200, "/home/tester/an-hour-ago");
    session.setClockAhead(1000);
    session.open(201, "/home/tester/now");
    session.process(300, LKM_RECORD_EXIT, 1234, 77, {}, -15);
    session.open(301, "/home/tester/by-its-successor");
    session.process(302, LKM_RECORD_EXIT, 77, 1, {}, 3);
}

QByteArray printable(std::string_view bytes)
{
    return QByteArray::fromStdString(proto::toPrintable(bytes));
}

/// Everything that an event has, a line each.
class Printer final : public EventSink
{
public:
    explicit Printer(QByteArray &out, QByteArray name) : m_out(out), m_name(std::move(name)) {}

    void event(const Event &event) override
    {
        const auto number = [this](const char *name, auto value, int base = 10) {
            m_out += QByteArray(" ") + name + '=' + (base == 8 ? "0" : "") + QByteArray::number(value, base);
        };
        const auto text = [this](const char *name, std::string_view value) {
            m_out += QByteArray(" ") + name + "=\"" + printable(value) + '"';
        };
        m_out +=
            m_name + ' ' + QByteArray::fromStdString(toText(event.id)) + ' ' + printable(nameOf(event.type));
        number("time", qint64{event.timestamp});
        number("pid", event.pid);
        number("ppid", event.parentPid);
        number("uid", event.uid);
        number("privileged", int(event.privileged));
        number("owner", event.owner);
        number("cgroup", quint64{event.cgroup});
        text("comm", event.comm);
        text("application", event.application);
        text("subject", event.subject);
        number("flags", event.flags, 8);
        number("mode", event.mode, 8);
        number("value", qint64{event.value});
        number("attributes", event.attributes);
        m_out += '\n';
    }
    void flush() override {}

private:
    QByteArray &m_out;
    const QByteArray m_name;
};

/// What comes of a recording with a fixed clock (its own), fixed seeds and the default rules.
QByteArray replay(const QString &file)
{
    QByteArray out;
    Printer tap(out, "tap");
    Printer bus(out, "bus");
    ExecutableIdentity identity;
    ReplaySource source(openRecording(file));
    Pipeline pipeline(
        Normalizer(PathRules(PathRules::defaults()), Deduplicator(100ms, 100, 1), UuidV7(1), identity),
        [&source] { return source.realtimeOffset(); }, tap, &bus, BusSelection());
    QSignalSpy finished(&source, &ReplaySource::finished);
    if (source.start(pipeline) || !finished.wait() || !finished.at(0).at(0).toBool()) {
        return "the replay failed";
    }
    const PipelineCounters &counters = pipeline.counters();
    for (const auto &[name, counter] : {std::pair("received", &counters.received),
                                        {"malformed", &counters.malformed},
                                        {"filtered", &counters.filtered},
                                        {"duplicates", &counters.duplicates},
                                        {"withheld", &counters.withheld},
                                        {"forwarded", &counters.forwarded}}) {
        out += QByteArray(name) + ' ' + QByteArray::number(quint64{counter->value()}) + '\n';
    }
    return out;
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int regenerate()
{
    QFile::remove(recordingFile);
    writeSession(recordingFile);
    QFile events(eventsFile);
    const QByteArray text = replay(recordingFile);
    if (!events.open(QIODevice::WriteOnly) || events.write(text) != text.size()) {
        std::fprintf(stderr, "%s cannot be written\n", qPrintable(eventsFile));
        return 1;
    }
    QFile::setPermissions(recordingFile, events.permissions());
    return 0;
}

} // namespace

class GoldenReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRecordingIsTheOneInTheTree();
    void theEventsAreTheOnesInTheTree();
    void everyRunIsTheSame();
};

void GoldenReplayTest::theRecordingIsTheOneInTheTree()
{
    const QTemporaryDir directory;
    const QString fresh = directory.filePath(QStringLiteral("r"));
    writeSession(fresh);
    QVERIFY2(contentOf(fresh) == contentOf(recordingFile),
             "the layout of records or recordings is another now; see --regenerate at the top of this test");
}

void GoldenReplayTest::theEventsAreTheOnesInTheTree()
{
    const QList<QByteArray> expected = contentOf(eventsFile).split('\n');
    const QList<QByteArray> found = replay(recordingFile).split('\n');
    for (qsizetype line = 0; line < std::min(expected.size(), found.size()); ++line) {
        QCOMPARE(found.at(line), expected.at(line));
    }
    QCOMPARE(found.size(), expected.size());
    QVERIFY(found.size() > 30);
}

void GoldenReplayTest::everyRunIsTheSame()
{
    const QByteArray first = replay(recordingFile);
    for (int run = 0; run < 3; ++run) {
        QCOMPARE(replay(recordingFile), first);
    }
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().contains(QStringLiteral("--regenerate"))) {
        return regenerate();
    }
    GoldenReplayTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "GoldenReplayTest.moc"
