// SPDX-License-Identifier: MIT
#include "helper/recording/RecordingWriter.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>
#include <xxhash.h>

namespace lunaris
{

using namespace recording;

namespace
{

void append(std::vector<std::byte> &to, const void *from, std::size_t size)
{
    const auto *bytes = static_cast<const std::byte *>(from);
    to.insert(to.end(), bytes, bytes + size);
}

std::uint16_t lengthOf(const std::string &text)
{
    return static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), UINT16_MAX));
}

} // namespace

std::variant<RecordingWriter, std::string> RecordingWriter::create(const std::string &file,
                                                                   const Facts &facts)
{
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? file + " is there already, and a recording does not write over it"
                               : file + " cannot be made: " + std::strerror(errno);
    }
    RecordingWriter writer(file, fd);
    FileHeader header;
    std::copy(std::begin(magic), std::end(magic), header.magic);
    header.version = version;
    header.layout = facts.layout;
    header.startTime = facts.startTime;
    header.hostLength = lengthOf(facts.host);
    header.kernelLength = lengthOf(facts.kernelRelease);
    std::vector<std::byte> bytes;
    append(bytes, &header, sizeof(header));
    append(bytes, facts.host.data(), header.hostLength);
    append(bytes, facts.kernelRelease.data(), header.kernelLength);
    const std::uint64_t checksum = XXH3_64bits(bytes.data(), bytes.size());
    append(bytes, &checksum, sizeof(checksum));
    writer.write(bytes);
    if (!writer.problem().empty()) {
        unlink(file.c_str());
        return writer.problem();
    }
    return writer;
}

RecordingWriter::RecordingWriter(std::string file, int fd)
    : m_file(std::move(file)), m_fd(fd), m_block(sizeof(BlockHeader))
{
}

RecordingWriter::RecordingWriter(RecordingWriter &&other) noexcept
    : m_file(std::move(other.m_file))
    , m_fd(std::exchange(other.m_fd, -1))
    , m_problem(std::move(other.m_problem))
    , m_block(std::move(other.m_block))
    , m_realtimeOffset(other.m_realtimeOffset)
    , m_inBlock(other.m_inBlock)
    , m_records(other.m_records)
    , m_end(other.m_end)
{
}

RecordingWriter::~RecordingWriter()
{
    if (m_fd >= 0) {
        flush();
        writeBlock(BlockKind::End);
        close(m_fd);
    }
}

void RecordingWriter::add(std::span<const std::byte> record, std::int64_t realtimeOffset)
{
    constexpr std::size_t longest = maximumBlock - blockSize;
    if (realtimeOffset != m_realtimeOffset) {
        flush();
        m_realtimeOffset = realtimeOffset;
    }
    const auto size = static_cast<std::uint32_t>(std::min(record.size(), longest));
    append(m_block, &size, sizeof(size));
    append(m_block, record.data(), size);
    ++m_inBlock;
    if (m_block.size() >= blockSize) {
        flush();
    }
}

void RecordingWriter::flush()
{
    if (m_inBlock > 0) {
        writeBlock(BlockKind::Records);
    }
}

void RecordingWriter::writeBlock(BlockKind kind)
{
    BlockHeader header;
    header.kind = kind;
    header.size = static_cast<std::uint32_t>(m_block.size() - sizeof(header));
    header.realtimeOffset = m_realtimeOffset;
    header.records = kind == BlockKind::End ? m_records : m_inBlock;
    header.checksum = XXH3_64bits_withSeed(m_block.data() + sizeof(header), header.size,
                                           XXH3_64bits(&header, offsetof(BlockHeader, checksum)));
    std::memcpy(m_block.data(), &header, sizeof(header));
    write(m_block);
    if (m_problem.empty()) {
        m_records += std::exchange(m_inBlock, 0);
    }
    m_inBlock = 0;
    m_block.resize(sizeof(header));
}

void RecordingWriter::write(std::span<const std::byte> bytes)
{
    if (!m_problem.empty()) {
        return;
    }
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t size = ::write(m_fd, bytes.data() + written, bytes.size() - written);
        if (size >= 0) {
            written += static_cast<std::size_t>(size);
        } else if (errno != EINTR) {
            m_problem = "the recording in " + m_file + " ends here: " + std::strerror(errno);
            // Half a block would be taken for damage. If that fails too, it is.
            static_cast<void>(ftruncate(m_fd, static_cast<off_t>(m_end)) == 0);
            return;
        }
    }
    m_end += written;
}

} // namespace lunaris
