// SPDX-License-Identifier: MIT
#include "helper/bus/Spool.h"

#include "helper/bus/SpoolDirectory.h"

#include <QLoggingCategory>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logSpool, "lunaris.kernel.spool")

namespace
{

/// So many segments make a full spool: what gives way at once is a small part of it, and few files are open.
constexpr std::uint64_t segmentsInAll = 32;

/// In the middle, so that there is room in front.
constexpr std::uint64_t firstNumber = std::uint64_t{1} << 32;

/// How many names that somebody else has taken are stepped over.
constexpr int nameAttempts = 100;

std::uint64_t recordBytesOf(const FrameChunk &chunk)
{
    return chunk.bytes.size() - chunk.wholeFramesEnd() + chunk.framesLeft() * SpoolSegment::recordOverhead;
}

} // namespace

std::unique_ptr<Spool> Spool::open(const QString &stateDirectory, std::uint64_t maximumBytes)
{
    const QString path = stateDirectory + QStringLiteral("/spool");
    QString problem;
    FileDescriptor directory = openSpoolDirectory(stateDirectory, problem);
    FileDescriptor lock = directory.isOpen() ? lockSpool(directory, problem) : FileDescriptor();
    if (!lock.isOpen()) {
        qCWarning(logSpool, "The spool %ls cannot be used (%ls): unsent events are kept in memory only.",
                  qUtf16Printable(path), qUtf16Printable(problem));
        return nullptr;
    }
    std::unique_ptr<Spool> spool(new Spool(std::move(directory), std::move(lock), path, maximumBytes));
    spool->load();
    return spool;
}

Spool::Spool(FileDescriptor directory, FileDescriptor lock, QString path, std::uint64_t maximumBytes)
    : m_directory(std::move(directory))
    , m_lock(std::move(lock))
    , m_path(std::move(path))
    , m_maximumBytes(maximumBytes)
    , m_segmentBytes(std::max<std::uint64_t>(maximumBytes / segmentsInAll, FrameChunk::usualSize))
    , m_nextNumber(firstNumber)
{
}

Spool::~Spool() = default;

// ---- what an earlier run has left

void Spool::load()
{
    const std::vector<std::uint64_t> numbers = segmentsIn(m_directory);
    for (const std::uint64_t number : numbers) {
        load(number);
    }
    if (!numbers.empty()) {
        m_nextNumber = numbers.back() + 1;
    }
    m_recovered = m_frames;
    while (m_bytes > m_maximumBytes && m_entries.size() > 1) {
        dropOldest();
    }
    if (m_damaged > 0) {
        qCWarning(logSpool,
                  "%llu places in the spool %ls could not be read (torn by a crash, or none of ours); "
                  "everything else is delivered.",
                  static_cast<unsigned long long>(m_damaged), qUtf16Printable(m_path));
    }
    if (m_recovered > 0) {
        qCInfo(logSpool, "%llu events of an earlier run wait in the spool.",
               static_cast<unsigned long long>(m_recovered));
    }
}

void Spool::load(std::uint64_t number)
{
    Entry entry{SpoolSegment::open(m_directory.get(), number), 0, 0};
    if (!entry.segment.isOpen()) {
        ++m_damaged;
        // A file of ours that is no segment (any more) only takes room; what is none of ours stays.
        if (errno == EBADMSG) {
            unlinkat(m_directory.get(), SpoolSegment::nameOf(number).c_str(), 0);
        }
        return;
    }
    entry.readFrom = entry.segment.cursor();
    SpoolSegment::Piece piece;
    for (std::uint64_t offset = entry.readFrom; offset < entry.segment.size(); offset = piece.end) {
        piece = entry.segment.read(offset);
        entry.frames += piece.chunk.frames();
        if (piece.isDamaged) {
            ++m_damaged;
            entry.segment.cut(piece.end);
        }
    }
    if (entry.frames == 0) {
        unlinkat(m_directory.get(), SpoolSegment::nameOf(number).c_str(), 0);
        return;
    }
    m_frames += entry.frames;
    m_bytes += entry.segment.size();
    m_entries.push_back(std::move(entry));
}

// ---- writing

SpoolSegment Spool::createSegment(std::uint64_t number, int step)
{
    for (int attempt = 0; attempt < nameAttempts; ++attempt) {
        if (number == 0 || number >= spoolNumbersEnd) {
            errno = EOVERFLOW;
            return {};
        }
        SpoolSegment segment = SpoolSegment::create(m_directory.get(), number);
        if (segment.isOpen() || errno != EEXIST) {
            return segment;
        }
        number += static_cast<std::uint64_t>(std::int64_t{step});
    }
    return {};
}

bool Spool::write(Entry &entry, const FrameChunk &chunk)
{
    const std::uint64_t before = entry.segment.size();
    if (!entry.segment.append(chunk)) {
        return false;
    }
    m_bytes += entry.segment.size() - before;
    entry.frames += chunk.framesLeft();
    m_frames += chunk.framesLeft();
    m_complained = false;
    return true;
}

bool Spool::append(const FrameChunk &chunk)
{
    const std::uint64_t wanted = recordBytesOf(chunk);
    while (m_bytes + wanted + SpoolSegment::headerSize > m_maximumBytes && m_entries.size() > 1) {
        dropOldest();
    }
    while (!hasTailFor(wanted) || !write(m_entries.back(), chunk)) {
        // A disk that others have filled: our oldest for our newest, as at the limit.
        const bool isFull = errno == ENOSPC || errno == EDQUOT;
        if (!isFull || m_entries.size() <= 1) {
            complain();
            return false;
        }
        dropOldest();
    }
    return true;
}

/// Begins a new segment when the last one is full.
bool Spool::hasTailFor(std::uint64_t wanted)
{
    if (!m_entries.empty()) {
        const std::uint64_t size = m_entries.back().segment.size();
        if (size == SpoolSegment::headerSize || size + wanted <= m_segmentBytes) {
            return true;
        }
    }
    SpoolSegment segment = createSegment(m_nextNumber, 1);
    if (!segment.isOpen()) {
        return false;
    }
    m_nextNumber = segment.number() + 1;
    m_bytes += segment.size();
    m_entries.push_back({std::move(segment), SpoolSegment::headerSize, 0});
    return true;
}

bool Spool::prepend(const FrameChunk &chunk)
{
    SpoolSegment segment =
        createSegment(m_entries.empty() ? m_nextNumber : m_entries.front().segment.number() - 1, -1);
    if (!segment.isOpen()) {
        complain();
        return false;
    }
    m_nextNumber = std::max(m_nextNumber, segment.number() + 1);
    m_bytes += segment.size();
    m_entries.push_front({std::move(segment), SpoolSegment::headerSize, 0});
    if (!write(m_entries.front(), chunk)) {
        complain();
        dropOldest();
        return false;
    }
    return true;
}

void Spool::complain()
{
    if (!std::exchange(m_complained, true)) {
        qCWarning(logSpool, "The spool %ls cannot be written (%s); unsent events are kept in memory.",
                  qUtf16Printable(m_path), std::strerror(errno));
    }
}

void Spool::dropOldest()
{
    const Entry &oldest = m_entries.front();
    m_dropped += oldest.frames;
    m_frames -= oldest.frames;
    m_bytes -= oldest.segment.size();
    unlinkat(m_directory.get(), SpoolSegment::nameOf(oldest.segment.number()).c_str(), 0);
    if (m_takenFrom == oldest.segment.number()) {
        m_takenFrom = 0;
    }
    m_entries.pop_front();
}

// ---- reading

FrameChunk Spool::take()
{
    while (!m_entries.empty()) {
        Entry &oldest = m_entries.front();
        SpoolSegment::Piece piece = oldest.segment.read(oldest.readFrom);
        if (piece.isDamaged) {
            // It was whole when we wrote or loaded it.
            const std::uint64_t lost = oldest.frames - std::min(oldest.frames, piece.chunk.frames());
            qCWarning(logSpool, "%llu events in the spool %ls were damaged since they were written.",
                      static_cast<unsigned long long>(lost), qUtf16Printable(m_path));
            m_bytes -= oldest.segment.size() - piece.end;
            oldest.segment.cut(piece.end);
            oldest.frames -= lost;
            m_frames -= lost;
            m_dropped += lost;
            ++m_damaged;
        }
        // More than we know of: somebody has been at it who can make checksums.
        if (piece.chunk.ends.empty() || piece.chunk.frames() > oldest.frames) {
            dropOldest();
            continue;
        }
        m_takenFrom = oldest.segment.number();
        m_takenOffset = oldest.readFrom;
        oldest.readFrom = piece.end;
        oldest.frames -= piece.chunk.frames();
        m_frames -= piece.chunk.frames();
        return std::move(piece.chunk);
    }
    return {};
}

std::uint64_t Spool::deliveredEnd(const FrameChunk &taken) const
{
    return m_takenOffset + taken.wholeFramesEnd() + taken.framesWritten * SpoolSegment::recordOverhead;
}

void Spool::release(const FrameChunk &taken)
{
    if (m_takenFrom == 0) {
        return; // it had to give way
    }
    Entry &oldest = m_entries.front();
    if (oldest.readFrom == oldest.segment.size()) {
        dropOldest();
    } else {
        oldest.segment.setCursor(deliveredEnd(taken));
    }
    m_takenFrom = 0;
}

bool Spool::giveBack(const FrameChunk &taken)
{
    if (m_takenFrom == 0) {
        return false;
    }
    Entry &oldest = m_entries.front();
    oldest.readFrom = deliveredEnd(taken);
    oldest.segment.setCursor(oldest.readFrom);
    oldest.frames += taken.framesLeft();
    m_frames += taken.framesLeft();
    m_takenFrom = 0;
    return true;
}

} // namespace lunaris
