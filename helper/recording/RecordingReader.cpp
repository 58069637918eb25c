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
    : m_file(std::move(file)), m_stream(std::fopen(m_file.c_str(), "rbe"))
{
}

std::string RecordingReader::readFileHeader(std::uint32_t layout)
{
    FileHeader header;
    const bool isWhole = read(&header, sizeof(header));
    if (m_error != 0) {
        return std::string(" cannot be read: ") + std::strerror(m_error);
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
    if (!read(texts.data() + sizeof(header), texts.size() - sizeof(header)) ||
        !read(&checksum, sizeof(checksum)) || checksum != XXH3_64bits(texts.data(), texts.size())) {
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
    m_blockStart = m_position;
    BlockHeader header;
    if (!read(&header, sizeof(header))) {
        endBecause(m_position == m_blockStart ? "it has no end: it was cut off, or is still being written"
                                              : "it was cut off");
        return false;
    }
    const bool isEnd = header.kind == BlockKind::End;
    if ((!isEnd && header.kind != BlockKind::Records) || header.size > maximumBlock) {
        endBecause("there is no block");
        return false;
    }
    m_block.resize(header.size);
    if (!read(m_block.data(), m_block.size())) {
        endBecause("it was cut off");
        return false;
    }
    if (header.checksum != XXH3_64bits_withSeed(m_block.data(), m_block.size(),
                                                XXH3_64bits(&header, offsetof(BlockHeader, checksum)))) {
        endBecause("the checksum is wrong");
        return false;
    }
    if (isEnd) {
        char more = 0;
        if (header.records != m_records) {
            endBecause("there should be " + std::to_string(header.records) + " records");
        } else if (read(&more, 1)) {
            endBecause("something follows its end");
        }
        return false;
    }
    m_header = header;
    m_inBlock = 0;
    m_untaken = header.records;
    return true;
}

bool RecordingReader::read(void *to, std::size_t size)
{
    const std::size_t got = size == 0 ? 0 : std::fread(to, 1, size, m_stream.get());
    m_position += got;
    m_error = std::ferror(m_stream.get()) != 0 ? errno : 0;
    return got == size;
}

void RecordingReader::endBecause(const std::string &what)
{
    m_ended = true;
    m_untaken = 0;
    m_problem = m_file + " can be read up to byte " + std::to_string(m_blockStart) + ", " +
                std::to_string(m_records) + " records: " + (m_error != 0 ? std::strerror(m_error) : what);
}

} // namespace lunaris
