// SPDX-License-Identifier: MIT
#include "helper/recording/RecordingWriter.h"

#include <algorithm>
#include <cstring>
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
    const PieceFile::Words words{
        LUNARIS_SENTENCE("lunaris::recording",
                         "%1 is there already, and a recording does not write over it; choose another name"),
        LUNARIS_SENTENCE("lunaris::recording", "the recording in %1 ends here: %2")};
    auto made = PieceFile::create(file, words, bytes);
    if (const auto *const problem = std::get_if<Sentence>(&made)) {
        return problem->english();
    }
    return RecordingWriter(std::get<PieceFile>(std::move(made)));
}

RecordingWriter::RecordingWriter(PieceFile file) : m_file(std::move(file)), m_block(sizeof(BlockHeader)) {}

RecordingWriter::~RecordingWriter()
{
    if (m_file.isOpen()) {
        flush();
        writeBlock(BlockKind::End);
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
    m_file.append(m_block);
    if (problem().empty()) {
        m_records += std::exchange(m_inBlock, 0);
    }
    m_inBlock = 0;
    m_block.resize(sizeof(header));
}

} // namespace lunaris
