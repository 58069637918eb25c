// SPDX-License-Identifier: MIT
//
// wire-producer SOCKET STATE EXPECTED COUNT: sends events of all types, with the worst texts there are, from
// records of the kernel's to the Event Bus at SOCKET, most of them by way of the spool in STATE. EXPECTED
// gets a line of JSON for each, of what the record said. Prints "produced" when all are on their way, and at
// the end the counters.
#include "helper/bus/EventBusClient.h"
#include "helper/pipeline/Pipeline.h"
#include "tests/unit/RecordBuilder.h"

#include <QCoreApplication>
#include <QFile>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr std::int64_t realtimeOffset = 1'771'677'296'000'000'000;

struct Nowhere : EventSink {
    void event(const Event &) override {}
    void flush() override {}
};

class Script
{
public:
    Script(const char *expected, Pipeline &pipeline) : m_expected(expected), m_pipeline(pipeline) {}

    void next()
    {
        ++m_number;
        const std::uint32_t pid = 1 + m_random() % 4'000'000;
        // A set-uid program's user is no root; the numbers of containers' users are big.
        const std::uint32_t uid = pid % 5 == 0 ? 0 : pid % 5 == 1 ? 1'000'000'000 + pid : 1000 + pid % 50;
        RecordBuilder record("");
        record.setProcess(pid, m_random() % 4'000'000).setUser(uid, pid % 7 == 0 ? 0 : uid);
        record.setComm(m_comm = text(15));
        record.fields.header.boot_ns += std::uint64_t{m_number} * 3'000'000;
        switch (m_random() % 6) {
        case 0:
            process(record, LKM_RECORD_EXEC, "process.started", "started", 0);
            break;
        case 1:
            process(record, LKM_RECORD_EXIT, "process.exited", "exited",
                    static_cast<std::int32_t>(m_random() % 320) - 64);
            break;
        case 2:
            connection(record);
            break;
        case 3:
            write(record);
            break;
        default:
            open(record);
            break;
        }
    }

private:
    void open(RecordBuilder &record)
    {
        setPath(record);
        record.fields.flags = static_cast<std::uint32_t>(m_random());
        submit(record);
        begin("file.opened", record);
        expectPath(record);
        m_expected << ",\"flags\":" << record.fields.flags << "}\n";
    }

    void write(RecordBuilder &record)
    {
        setPath(record);
        record.setType(LKM_RECORD_WRITTEN);
        record.fields.value = static_cast<lkm_s64>((std::uint64_t{m_random()} << 20) >> m_random() % 52);
        submit(record);
        begin("file.written", record);
        expectPath(record);
        m_expected << ",\"bytes\":" << record.fields.value << "}\n";
    }

    void setPath(RecordBuilder &record)
    {
        record.path = "/home/" + std::to_string(m_number) + "/" + text(m_random() % 100 == 0 ? 4000 : 120);
        record.fields.attributes = m_random() % 50 == 0 ? LKM_ATTRIBUTE_TRUNCATED : 0;
    }

    void expectPath(const RecordBuilder &record)
    {
        m_expected << ",\"path\":\"" << hex(record.path) << "\",\"truncated\":"
                   << (record.fields.attributes == LKM_ATTRIBUTE_TRUNCATED ? "true" : "false");
    }

    void process(RecordBuilder &record, lkm_record_type kind, const char *type, const char *word,
                 std::int32_t exitCode)
    {
        record.path = kind == LKM_RECORD_EXEC ? "/opt/" + text(40) : "";
        record.setType(kind);
        record.fields.value = exitCode;
        submit(record);
        begin(type, record);
        m_expected << ",\"event_type\":\"" << word << "\",\"ppid\":" << record.fields.header.ppid
                   << ",\"comm\":\"" << hex(m_comm) << "\",\"exit_code\":" << exitCode << "}\n";
    }

    void connection(RecordBuilder &record)
    {
        const bool isOutbound = m_random() % 2 == 0;
        lkm_address address{};
        address.family = m_random() % 2 == 0 ? LKM_FAMILY_IPV4 : LKM_FAMILY_IPV6;
        address.port = static_cast<lkm_u16>(m_random());
        for (auto &byte : address.bytes) {
            byte = static_cast<std::uint8_t>(m_random());
        }
        address.bytes[0] = 32; // neither loopback nor mapped
        record.setName({reinterpret_cast<const char *>(&address), sizeof(address)});
        record.setType(isOutbound ? LKM_RECORD_CONNECT : LKM_RECORD_ACCEPT);
        submit(record);
        begin(isOutbound ? "network.connect" : "network.accept", record);
        const std::size_t size = address.family == LKM_FAMILY_IPV4 ? 4 : 16;
        m_expected << ",\"address\":\"" << hex({reinterpret_cast<const char *>(address.bytes), size})
                   << "\",\"port\":" << address.port << ",\"direction\":\""
                   << (isOutbound ? "outbound" : "inbound") << "\"}\n";
    }

    void submit(const RecordBuilder &record)
    {
        m_pipeline.record(record.bytes());
        if (m_number % 500 == 0) {
            m_pipeline.endOfBatch();
        }
    }

    void begin(const char *type, const RecordBuilder &record)
    {
        const auto nanoseconds = static_cast<std::int64_t>(record.fields.header.boot_ns) + realtimeOffset;
        m_expected << "{\"type\":\"" << type << "\",\"pid\":" << record.fields.header.tgid
                   << ",\"uid\":" << record.fields.header.uid << ",\"timestamp\":" << nanoseconds / 1000;
    }

    /// A third ASCII, a third UTF-8, a third whatever; never a zero or a slash, as no file name has them.
    std::string text(std::size_t most)
    {
        static const char *const pieces[] = {"a",     "\xc3\xa9", "\xe6\x97\xa5", "\xf0\x9f\x90\xa7",
                                             "\\x41", "\n",       "\x1b[2J",      "\xe2\x80\xae"};
        std::string out;
        const std::size_t size = 1 + m_random() % most;
        const unsigned int kind = m_random() % 3;
        while (out.size() < size) {
            if (kind == 1) {
                out += pieces[m_random() % std::size(pieces)];
                continue;
            }
            const auto byte = static_cast<unsigned char>(kind == 0 ? ' ' + m_random() % 95 : m_random());
            out += byte == 0 || byte == '/' ? '_' : static_cast<char>(byte);
        }
        out.resize(std::min(out.size(), most)); // which may well cut a character
        return out;
    }

    static std::string hex(std::string_view bytes)
    {
        std::string out;
        char two[3];
        for (const char byte : bytes) {
            std::snprintf(two, sizeof(two), "%02x", static_cast<unsigned char>(byte));
            out += two;
        }
        return out;
    }

    std::ofstream m_expected;
    Pipeline &m_pipeline;
    std::mt19937 m_random{42};
    std::string m_comm;
    std::uint32_t m_number = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (argc != 5) {
        std::fprintf(stderr, "usage: wire-producer SOCKET STATE EXPECTED COUNT\n");
        return 2;
    }
    EventBusClient client(
        {QFile::decodeName(argv[1]), geteuid(), std::size_t{1024} * 1024, "session-of-the-test"},
        Spool::open(QFile::decodeName(argv[2]), std::uint64_t{256} * 1024 * 1024));
    Nowhere nowhere;
    ExecutableIdentity identity;
    Pipeline pipeline(
        Normalizer(PathRules(PathRules::defaults()), Deduplicator(100ms, 10'000, 1), UuidV7(1), identity),
        [] { return realtimeOffset; }, nowhere, &client, {EventTypes::usual(), PrivilegedEvents::All, true});
    client.start();
    {
        Script script(argv[3], pipeline);
        for (int left = std::atoi(argv[4]); left > 0; --left) {
            script.next();
        }
        pipeline.endOfBatch();
    }
    const EventBusCounters &counters = client.counters();
    std::printf("produced %llu\n", static_cast<unsigned long long>(counters.spooled.value()));
    std::fflush(stdout);

    QObject::connect(&client, &EventBusClient::drained, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    client.drain(60s);
    QCoreApplication::exec();
    std::printf(
        "%llu %llu %llu %llu\n", static_cast<unsigned long long>(pipeline.counters().forwarded.value()),
        static_cast<unsigned long long>(counters.delivered.value()),
        static_cast<unsigned long long>(counters.queued.value() + counters.spooled.value()),
        static_cast<unsigned long long>(counters.droppedInQueue.value() + counters.droppedInSpool.value()));
    return 0;
}
