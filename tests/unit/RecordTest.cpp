// SPDX-License-Identifier: MIT
#include "helper/normalizer/Record.h"
#include "tests/unit/RecordBuilder.h"

#include <QByteArray>
#include <QTest>
#include <bit>
#include <random>

using namespace lunaris;

namespace
{

std::optional<Record> read(const std::vector<std::byte> &bytes)
{
    return readRecord({bytes.data(), bytes.size()});
}

QByteArray toBytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

template<typename Number>
void put(std::vector<std::byte> &bytes, std::size_t offset, Number value)
{
    std::memcpy(bytes.data() + offset, &value, sizeof(value));
}

constexpr std::size_t versionOffset = 0;
constexpr std::size_t typeOffset = 2;
constexpr std::size_t sizeOffset = 4;
constexpr std::size_t pathLengthOffset = 96;
constexpr std::size_t nameLengthOffset = 100;
constexpr std::uint32_t fixedSize = 104;

} // namespace

class RecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layoutIsWhatTheKernelWrites();
    void handMadeBytesAreRead();
    void aWriteHasAPathAndBytes();
    void commWithoutNulIsWhole();
    void commEndsAtItsNul();
    void longestPathIsRead();
    void unalignedBytesAreRead();
    void malformedIsRefused_data();
    void malformedIsRefused();
    void everyShortenedRecordIsRefused();
    void randomBytesNeverCrash();
    void mutatedRecordsNeverCrash();
};

void RecordTest::layoutIsWhatTheKernelWrites()
{
    QCOMPARE(sizeof(lkm_record_header), std::size_t{72});
    QCOMPARE(sizeof(lkm_record), std::size_t{fixedSize});
    QCOMPARE(sizeof(lkm_writing), std::size_t{32});
    QCOMPARE(sizeof(lkm_settings), std::size_t{72});
    QCOMPARE(offsetof(lkm_record_header, version), versionOffset);
    QCOMPARE(offsetof(lkm_record_header, type), typeOffset);
    QCOMPARE(offsetof(lkm_record_header, size), sizeOffset);
    QCOMPARE(offsetof(lkm_record_header, cpu), std::size_t{6});
    QCOMPARE(offsetof(lkm_record_header, sequence), std::size_t{8});
    QCOMPARE(offsetof(lkm_record_header, boot_ns), std::size_t{16});
    QCOMPARE(offsetof(lkm_record_header, start_ns), std::size_t{24});
    QCOMPARE(offsetof(lkm_record_header, cgroup), std::size_t{32});
    QCOMPARE(offsetof(lkm_record_header, tgid), std::size_t{40});
    QCOMPARE(offsetof(lkm_record_header, ppid), std::size_t{44});
    QCOMPARE(offsetof(lkm_record_header, uid), std::size_t{48});
    QCOMPARE(offsetof(lkm_record_header, fsuid), std::size_t{52});
    QCOMPARE(offsetof(lkm_record_header, comm), std::size_t{56});
    QCOMPARE(offsetof(lkm_record, flags), std::size_t{72});
    QCOMPARE(offsetof(lkm_record, mode), std::size_t{76});
    QCOMPARE(offsetof(lkm_record, owner), std::size_t{80});
    QCOMPARE(offsetof(lkm_record, attributes), std::size_t{84});
    QCOMPARE(offsetof(lkm_record, value), std::size_t{88});
    QCOMPARE(offsetof(lkm_record, path_length), pathLengthOffset);
    QCOMPARE(offsetof(lkm_record, name_length), nameLengthOffset);
}

void RecordTest::handMadeBytesAreRead()
{
    if constexpr (std::endian::native != std::endian::little) {
        QSKIP("the bytes below are written for a little-endian machine; run this on one");
    }
    const QByteArray hex = "0300 0100 6c00 0500"              // version, type, size 108, cpu
                           "2827262524232221"                 // sequence
                           "0807060504030201"                 // boot_ns
                           "3837363534333231"                 // start_ns
                           "1817161514131211"                 // cgroup
                           "d2040000 4d000000"                // tgid 1234, ppid 77
                           "e8030000 00000000"                // uid 1000, fsuid 0
                           "76696d00000000000000000000000000" // comm "vim"
                           "42820800 a4810000"                // flags, mode 0100644
                           "2a000000 11000100"                // owner 42, attributes
                           "ffffffffffffffff"                 // fd -1
                           "04000000 00000000"                // path_length, name_length
                           "2f6120ff";                        // "/a \xff"
    const QByteArray raw = QByteArray::fromHex(hex);
    QCOMPARE(raw.size(), 108);
    const auto record = readRecord(std::as_bytes(std::span(raw.constData(), std::size_t(raw.size()))));
    QVERIFY(record);
    QCOMPARE(record->fields.header.cpu, lkm_u16(5));
    QCOMPARE(record->fields.header.sequence, 0x2122232425262728ULL);
    QCOMPARE(record->fields.header.boot_ns, 0x0102030405060708ULL);
    QCOMPARE(record->fields.header.start_ns, 0x3132333435363738ULL);
    QCOMPARE(record->fields.header.cgroup, 0x1112131415161718ULL);
    QCOMPARE(record->fields.header.tgid, 1234U);
    QCOMPARE(record->fields.header.ppid, 77U);
    QCOMPARE(record->fields.header.uid, 1000U);
    QCOMPARE(record->fields.header.fsuid, 0U);
    QCOMPARE(record->fields.flags, 0x088242U);
    QCOMPARE(record->fields.mode, 0100644U);
    QCOMPARE(record->fields.owner, 42U);
    QCOMPARE(record->fields.value, std::int64_t(-1));
    QCOMPARE(record->fields.attributes, 0x10011U);
    QCOMPARE(toBytes(record->comm), QByteArray("vim"));
    QCOMPARE(toBytes(record->path), QByteArray("/a \xff"));
}

void RecordTest::aWriteHasAPathAndBytes()
{
    RecordBuilder written("/home/tester/file");
    written.setType(LKM_RECORD_WRITTEN);
    written.fields.value = INT64_MAX;
    const auto bytes = written.bytes();
    const auto record = read(bytes);
    QVERIFY(record);
    QCOMPARE(record->type(), LKM_RECORD_WRITTEN);
    QCOMPARE(record->fields.value, std::int64_t{INT64_MAX});
    QCOMPARE(toBytes(record->path), QByteArray("/home/tester/file"));
    QVERIFY(record->name.empty());
    QVERIFY(eventTypeOf(LKM_RECORD_WRITTEN) == EventType::FileWritten);
    QVERIFY(eventTypeOf(LKM_RECORD_WRITING) ==
            EventType::FileWritten); // so that its losses are counted there
}

void RecordTest::commWithoutNulIsWhole()
{
    const auto bytes = RecordBuilder().setComm("0123456789abcdefXYZ").bytes();
    const auto record = read(bytes);
    QVERIFY(record);
    QCOMPARE(toBytes(record->comm), QByteArray("0123456789abcdef"));
}

void RecordTest::commEndsAtItsNul()
{
    // What lies behind the NUL is whatever was on somebody's stack.
    const auto bytes = RecordBuilder().setComm(std::string_view("ab\0secret", 9)).bytes();
    QCOMPARE(toBytes(read(bytes)->comm), QByteArray("ab"));
    const auto empty = RecordBuilder().setComm("").bytes();
    QVERIFY(read(empty));
    QVERIFY(read(empty)->comm.empty());
}

void RecordTest::longestPathIsRead()
{
    const auto bytes = RecordBuilder("/" + std::string(LKM_PATH_MAX - 1, 'x')).bytes();
    const auto record = read(bytes);
    QVERIFY(record);
    QCOMPARE(record->path.size(), std::size_t{4096});
}

void RecordTest::unalignedBytesAreRead()
{
    const auto bytes = RecordBuilder("/etc/hosts").bytes();
    for (std::size_t shift = 1; shift < 8; ++shift) {
        std::vector<std::byte> shifted(shift);
        shifted.insert(shifted.end(), bytes.begin(), bytes.end());
        const auto record = readRecord(std::span(shifted).subspan(shift));
        QVERIFY(record);
        QCOMPARE(record->fields.header.tgid, 1234U);
        QCOMPARE(toBytes(record->path), QByteArray("/etc/hosts"));
    }
}

void RecordTest::malformedIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");

    const auto row = [](const char *name, const std::vector<std::byte> &bytes) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char *>(bytes.data()),
                                          qsizetype(bytes.size()));
    };
    const auto spoilt = [](std::size_t offset, auto value) {
        std::vector<std::byte> bytes = RecordBuilder("/home/tester/file").bytes();
        put(bytes, offset, value);
        return bytes;
    };
    const auto good = RecordBuilder("/home/tester/file").bytes();
    const auto size = static_cast<std::uint16_t>(good.size());
    const auto textSize = static_cast<std::uint32_t>(good.size() - fixedSize);
    QVERIFY(read(good)); // or every row would pass for the wrong reason

    row("empty", {});
    row("one byte", {std::byte{1}});
    row("header only", {good.begin(), good.begin() + sizeof(lkm_record_header)});
    row("one byte short of the fixed part", {good.begin(), good.begin() + fixedSize - 1});
    row("version 0", spoilt(versionOffset, std::uint16_t{0}));
    row("version 1", spoilt(versionOffset, std::uint16_t{1}));
    row("version 2", spoilt(versionOffset, std::uint16_t{2}));
    row("version 4", spoilt(versionOffset, std::uint16_t{4}));
    row("version in the other byte order", spoilt(versionOffset, std::uint16_t{0x0300}));
    row("type 0", spoilt(typeOffset, std::uint16_t{0}));
    row("type unknown", spoilt(typeOffset, std::uint16_t{11}));
    row("what only the source may see", spoilt(typeOffset, std::uint16_t{LKM_RECORD_WRITING}));
    row("a fork with a path", spoilt(typeOffset, std::uint16_t{LKM_RECORD_FORK}));
    row("an exit with a path", spoilt(typeOffset, std::uint16_t{LKM_RECORD_EXIT}));
    row("an exec without a path", RecordBuilder("").setType(LKM_RECORD_EXEC).bytes());
    row("a running process without a path", RecordBuilder("").setType(LKM_RECORD_RUNNING).bytes());
    row("a write without a path", RecordBuilder("").setType(LKM_RECORD_WRITTEN).bytes());
    row("a write with a relative path", RecordBuilder("home").setType(LKM_RECORD_WRITTEN).bytes());
    row("a write that still has its key",
        RecordBuilder("/home").setType(LKM_RECORD_WRITTEN).setName(std::string(32, 'k')).bytes());
    row("a beginning as the kernel tells it",
        RecordBuilder("/home").setType(LKM_RECORD_WRITING).setName(std::string(32, 'k')).bytes());
    row("an open with a name", RecordBuilder("/home").setName("x").bytes());
    row("a failed open below a relative path",
        RecordBuilder("home").setType(LKM_RECORD_OPEN_FAILED).setName("x").bytes());
    row("a failed open with a NUL in the name",
        RecordBuilder("/home").setType(LKM_RECORD_OPEN_FAILED).setName(std::string_view("a\0b", 3)).bytes());
    row("a failed open with too long a name", RecordBuilder("/home")
                                                  .setType(LKM_RECORD_OPEN_FAILED)
                                                  .setName(std::string(LKM_PATH_MAX + 1, 'x'))
                                                  .bytes());
    row("name_length that wraps the sum around", spoilt(nameLengthOffset, std::uint32_t{0} - fixedSize));
    row("size 0", spoilt(sizeOffset, std::uint16_t{0}));
    row("size one too small", spoilt(sizeOffset, std::uint16_t(size - 1)));
    row("size one too large", spoilt(sizeOffset, std::uint16_t(size + 1)));
    row("size huge", spoilt(sizeOffset, UINT16_MAX));
    row("path_length 0 with a path there", spoilt(pathLengthOffset, std::uint32_t{0}));
    row("path_length one too small", spoilt(pathLengthOffset, textSize - 1));
    row("path_length one too large", spoilt(pathLengthOffset, textSize + 1));
    row("path_length that wraps the sum around", spoilt(pathLengthOffset, std::uint32_t{0} - fixedSize));
    row("path_length huge", spoilt(pathLengthOffset, UINT32_MAX));
    row("path longer than 4096", RecordBuilder("/" + std::string(LKM_PATH_MAX, 'x')).bytes());
    row("empty path", RecordBuilder("").bytes());
    row("relative path", RecordBuilder("home/tester").bytes());
    row("NUL as first byte", RecordBuilder(std::string_view("\0/x", 3)).bytes());
    row("NUL in the path", RecordBuilder(std::string_view("/home\0/x", 8)).bytes());
    row("NUL at the end", RecordBuilder(std::string_view("/home\0", 6)).bytes());

    std::vector<std::byte> longer = good;
    longer.push_back(std::byte{'x'});
    row("a byte behind the record", longer);
    put(longer, sizeOffset, std::uint16_t(size + 1));
    row("a byte behind the path", longer);
}

void RecordTest::malformedIsRefused()
{
    QFETCH(QByteArray, bytes);
    // A copy of exactly that size: a sanitizer then sees a read behind the end.
    const std::vector<char> exact(bytes.cbegin(), bytes.cend());
    QVERIFY(!readRecord(std::as_bytes(std::span(exact))));
}

void RecordTest::everyShortenedRecordIsRefused()
{
    const auto good = RecordBuilder("/home/tester/file").bytes();
    for (std::size_t size = 0; size < good.size(); ++size) {
        QVERIFY(!read({good.begin(), good.begin() + std::ptrdiff_t(size)}));
    }
}

void RecordTest::randomBytesNeverCrash()
{
    std::mt19937 random(20260221);
    for (int round = 0; round < 100'000; ++round) {
        std::vector<std::byte> bytes(random() % 200);
        for (std::byte &byte : bytes) {
            byte = static_cast<std::byte>(random());
        }
        QVERIFY(!read(bytes)); // a valid one by chance is a matter of 2^-64
    }
}

void RecordTest::mutatedRecordsNeverCrash()
{
    std::mt19937 random(4);
    int accepted = 0;
    for (int round = 0; round < 100'000; ++round) {
        std::vector<std::byte> bytes = RecordBuilder("/" + std::string(random() % 64, 'p')).bytes();
        for (unsigned int changes = 1 + random() % 3; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        }
        if (random() % 4 == 0) {
            bytes.resize(random() % (bytes.size() + 8));
            bytes.shrink_to_fit();
        }
        if (const auto record = read(bytes)) {
            ++accepted;
            const auto *begin = reinterpret_cast<const char *>(bytes.data());
            QVERIFY(record->path.starts_with('/'));
            QVERIFY(record->path.find('\0') == std::string_view::npos);
            QVERIFY(record->path.data() + record->path.size() == begin + bytes.size());
            QVERIFY(record->comm.data() == begin + offsetof(lkm_record_header, comm) &&
                    record->comm.size() <= LKM_COMM_SIZE);
        }
    }
    // Most fields may hold anything; had nothing been accepted, nothing would have been looked at.
    QVERIFY(accepted > 10'000);
}

QTEST_GUILESS_MAIN(RecordTest)
#include "RecordTest.moc"
