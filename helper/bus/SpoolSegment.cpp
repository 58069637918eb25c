// SPDX-License-Identifier: MIT
#include "helper/bus/SpoolSegment.h"

#include "proto/FrameCodec.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <xxhash.h>

namespace lunaris
{

namespace
{

constexpr std::uint32_t layoutVersion = 1;

struct Header {
    char magic[8] = {'L', 'K', 'M', 'S', 'P', 'O', 'O', 'L'};
    std::uint32_t version = layoutVersion;
    std::uint32_t zero = 0;
    std::uint64_t number = 0;
    std::uint64_t checksum = 0;
};

struct Cursor {
    std::uint64_t offset = 0;
    std::uint64_t checksum = 0;
};

static_assert(sizeof(Header) + sizeof(Cursor) == SpoolSegment::headerSize);
static_assert(SpoolSegment::recordOverhead == sizeof(XXH64_hash_t));

Header headerOf(std::uint64_t number)
{
    Header header;
    header.number = number;
    header.checksum = XXH3_64bits(&header, offsetof(Header, checksum));
    return header;
}

Cursor cursorAt(std::uint64_t offset, std::uint64_t number)
{
    return {offset, XXH3_64bits_withSeed(&offset, sizeof(offset), number)};
}

bool writeAll(int file, const char *bytes, std::size_t size, std::uint64_t offset)
{
    while (size > 0) {
        const ssize_t written = pwrite(file, bytes, size, static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes += written;
        size -= static_cast<std::size_t>(written);
        offset += static_cast<std::uint64_t>(written);
    }
    return true;
}

/// As many bytes as there are, `size` at most.
std::string readUpTo(int file, std::size_t size, std::uint64_t offset)
{
    std::string bytes(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = pread(file, bytes.data() + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

/// Size of the frame that starts with these bytes, length included; 0 when no frame does.
std::size_t frameSizeOf(std::string_view start)
{
    const std::size_t body = proto::readFrameHeader(start.data());
    return body == 0 || body > proto::maximumFrameBody ? 0 : proto::frameHeaderSize + body;
}

} // namespace

std::string SpoolSegment::nameOf(std::uint64_t number)
{
    char name[32];
    std::snprintf(name, sizeof(name), "%016llx.frames", static_cast<unsigned long long>(number));
    return name;
}

SpoolSegment SpoolSegment::create(int directory, std::uint64_t number)
{
    SpoolSegment segment;
    const std::string name = nameOf(number);
    FileDescriptor file(
        openat(directory, name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen()) {
        return segment;
    }
    char start[headerSize];
    const Header header = headerOf(number);
    const Cursor cursor = cursorAt(headerSize, number);
    std::memcpy(start, &header, sizeof(header));
    std::memcpy(start + sizeof(header), &cursor, sizeof(cursor));
    if (!writeAll(file.get(), start, sizeof(start), 0)) {
        const int error = errno;
        unlinkat(directory, name.c_str(), 0);
        errno = error;
        return segment;
    }
    segment.m_file = std::move(file);
    segment.m_number = number;
    segment.m_size = headerSize;
    return segment;
}

SpoolSegment SpoolSegment::open(int directory, std::uint64_t number)
{
    SpoolSegment segment;
    // O_NONBLOCK: a pipe in the place of the file must not hold us up.
    FileDescriptor file(
        openat(directory, nameOf(number).c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen()) {
        return segment;
    }
    struct stat status {
    };
    if (fstat(file.get(), &status) != 0) {
        return segment;
    }
    // A second name of the file could be somebody else's, whom we would cut it for.
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || status.st_nlink != 1 ||
        (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        errno = EPERM;
        return segment;
    }
    const std::string start = readUpTo(file.get(), headerSize, 0);
    const Header expected = headerOf(number);
    if (start.size() < headerSize || std::memcmp(start.data(), &expected, sizeof(expected)) != 0) {
        errno = EBADMSG;
        return segment;
    }
    segment.m_file = std::move(file);
    segment.m_number = number;
    segment.m_size = static_cast<std::uint64_t>(status.st_size);

    Cursor cursor;
    std::memcpy(&cursor, start.data() + sizeof(Header), sizeof(cursor));
    const bool isGood = cursor.checksum == cursorAt(cursor.offset, number).checksum &&
                        cursor.offset >= headerSize && cursor.offset <= segment.m_size;
    segment.m_cursor = isGood ? cursor.offset : headerSize;
    return segment;
}

std::uint64_t SpoolSegment::checksum(std::string_view frame, std::uint64_t offset) const
{
    // Numbers of neighbouring segments must not give the same seed as neighbouring offsets.
    return XXH3_64bits_withSeed(frame.data(), frame.size(), m_number << 32 ^ offset);
}

void SpoolSegment::setCursor(std::uint64_t offset)
{
    m_cursor = offset;
    const Cursor cursor = cursorAt(offset, m_number);
    writeAll(m_file.get(), reinterpret_cast<const char *>(&cursor), sizeof(cursor), sizeof(Header));
}

bool SpoolSegment::append(const FrameChunk &chunk)
{
    std::string records;
    records.reserve(chunk.bytes.size() + chunk.framesLeft() * recordOverhead);
    for (std::size_t index = chunk.framesWritten; index < chunk.ends.size(); ++index) {
        const std::string_view frame = chunk.frame(index);
        const std::uint64_t sum = checksum(frame, m_size + records.size());
        records.append(reinterpret_cast<const char *>(&sum), sizeof(sum));
        records += frame;
    }
    if (!writeAll(m_file.get(), records.data(), records.size(), m_size)) {
        const int error = errno;
        cut(m_size);
        errno = error;
        return false;
    }
    m_size += records.size();
    return true;
}

SpoolSegment::Piece SpoolSegment::read(std::uint64_t offset) const
{
    Piece piece;
    piece.end = offset;
    if (offset >= m_size) {
        return piece;
    }
    std::size_t wanted = std::min<std::uint64_t>(FrameChunk::usualSize, m_size - offset);
    std::string records = readUpTo(m_file.get(), wanted, offset);
    std::size_t position = 0;
    while (offset + position < m_size) {
        const std::string_view rest = std::string_view(records).substr(position);
        std::size_t size = 0;
        if (rest.size() >= recordOverhead + proto::frameHeaderSize) {
            size = frameSizeOf(rest.substr(recordOverhead));
            if (size == 0) {
                break;
            }
        }
        if (size == 0 || rest.size() < recordOverhead + size) {
            if (position > 0) {
                return piece; // the next piece starts with it
            }
            // A frame that is bigger than a chunk: once more, for all of it.
            if (records.size() < wanted || recordOverhead + size <= wanted ||
                recordOverhead + size > m_size - offset) {
                break;
            }
            wanted = recordOverhead + size;
            records = readUpTo(m_file.get(), wanted, offset);
            continue;
        }
        const std::string_view frame = rest.substr(recordOverhead, size);
        std::uint64_t sum = 0;
        std::memcpy(&sum, rest.data(), sizeof(sum));
        if (sum != checksum(frame, offset + position)) {
            break;
        }
        piece.chunk.push(frame);
        position += recordOverhead + size;
        piece.end = offset + position;
    }
    piece.isDamaged = piece.end < m_size;
    return piece;
}

void SpoolSegment::cut(std::uint64_t offset)
{
    // When even that fails, the checksums tell where the good records end.
    [[maybe_unused]] const int result = ftruncate(m_file.get(), static_cast<off_t>(offset));
    m_size = offset;
}

} // namespace lunaris
