// SPDX-License-Identifier: MIT
#include "helper/recording/RecordingReader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <xxhash.h>

namespace lunaris
{

using namespace recording;

std::variant<RecordingReader, std::string> RecordingReader::open(const std::string &file,
                                                                 std::uint32_t layout)
{
    RecordingReader reader(file);
    if (!reader.m_stream) {
        return file + " cannot be read: " + std::strerror(errno);
    }
    if (const std::string problem = reader.readFileHeader(layout); !problem.empty()) {
        return file + problem;
    }
    return reader;
}

RecordingReader::RecordingReader(std::string file)
    : m_file(std::move(file))
    , m_stream(std::fopen(m_file.c_str(), "rbe"))
    , m_pieces([stream = m_stream.get()](void *to, std::size_t size) {
        const std::size_t got = std::fread(to, 1, size, stream);
        return PieceReader::Got{got, std::ferror(stream) != 0 ? errno : 0};
    })
{
}

std::string RecordingReader::readFileHeader(std::uint32_t layout)
{
    FileHeader header;
    const bool isWhole = m_pieces.read(&header, sizeof(header));
    if (m_pieces.error() != 0) {
        return std::string(" cannot be read: ") + std::strerror(m_pieces.error());
    }
    if (!isWhole || !std::equal(std::begin(magic), std::end(magic), header.magic)) {
        return " is no recording";
    }
    if (header.version == __builtin_bswap32(version)) {
        return " was recorded on a machine of the other byte order";
    }
    if (header.version != version) {
        return " is a recording of version " + std::to_string(header.version) + ", and this reads version " +
               std::to_string(version);
    }
    std::vector<char> texts(sizeof(header) + header.hostLength + header.kernelLength);
    std::memcpy(texts.data(), &header, sizeof(header));
    std::uint64_t checksum = 0;
    if (!m_pieces.read(texts.data() + sizeof(header), texts.size() - sizeof(header)) ||
        !m_pieces.read(&checksum, sizeof(checksum)) || checksum != XXH3_64bits(texts.data(), texts.size())) {
        return " is damaged at its very beginning";
    }
    if (header.layout != layout) {
        return " was recorded by another version of the helper: its records have the layout " +
               std::to_string(header.layout) + ", and this reads " + std::to_string(layout);
    }
    const char *host = texts.data() + sizeof(header);
    m_facts.host.assign(host, header.hostLength);
    m_facts.kernelRelease.assign(host + header.hostLength, header.kernelLength);
    m_facts.startTime = header.startTime;
    m_facts.layout = header.layout;
    return {};
}

std::optional<std::span<const std::byte>> RecordingReader::next()
{
    while (m_untaken == 0) {
        if (!m_ended && m_inBlock != m_block.size()) {
            endBecause("a block is longer than its records");
        }
        if (m_ended || !readBlock()) {
            m_ended = true;
            return std::nullopt;
        }
    }
    // Checked, as a checksum keeps out accidents and nobody's intentions.
    std::uint32_t size = 0;
    const std::size_t rest = m_block.size() - m_inBlock;
    if (rest >= sizeof(size)) {
        std::memcpy(&size, m_block.data() + m_inBlock, sizeof(size));
    }
    if (rest < sizeof(size) || rest - sizeof(size) < size) {
        endBecause("a record is longer than its block");
        return std::nullopt;
    }
    const auto record = std::span<const std::byte>(m_block).subspan(m_inBlock + sizeof(size), size);
    m_inBlock += sizeof(size) + size;
    --m_untaken;
    ++m_records;
    return record;
}

/// False at the end, whatever ends it.
bool RecordingReader::readBlock()
{
    BlockHeader header;
    if (!m_pieces.begin(&header, sizeof(header))) {
        return false;
    }
    const bool isEnd = header.kind == BlockKind::End;
    if ((!isEnd && header.kind != BlockKind::Records) || header.size > maximumBlock) {
        endBecause("there is no block");
        return false;
    }
    m_block.resize(header.size);
    if (!m_pieces.finish(m_block.data(), m_block.size()) ||
        !m_pieces.check(header.checksum ==
                        XXH3_64bits_withSeed(m_block.data(), m_block.size(),
                                             XXH3_64bits(&header, offsetof(BlockHeader, checksum))))) {
        return false;
    }
    if (isEnd) {
        if (header.records != m_records) {
            endBecause("there should be " + std::to_string(header.records) + " records");
        } else {
            m_pieces.expectEnd();
        }
        return false;
    }
    m_header = header;
    m_inBlock = 0;
    m_untaken = header.records;
    return true;
}

void RecordingReader::endBecause(const std::string &what)
{
    m_ended = true;
    m_untaken = 0;
    m_pieces.endBecause(Sentence::asIs(what));
}

std::string RecordingReader::problem() const
{
    const std::optional<Sentence> problem = m_pieces.problem(
        LUNARIS_SENTENCE("lunaris::recording", "can be read up to byte %1, %2 records: %3"), m_records);
    return problem ? m_file + ' ' + problem->english() : std::string();
}

} // namespace lunaris
