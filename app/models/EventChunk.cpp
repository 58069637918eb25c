// SPDX-License-Identifier: MIT
#include "app/models/EventChunk.h"

#include "app/format/DisplayText.h"

#include <cstring>

namespace lunaris
{

namespace
{

constexpr std::size_t blockSize = std::size_t{32} * 1024;

} // namespace

void EventChunk::append(const MonitorEvent &event)
{
    beginRow(Kind::Event, event.time, event.value);
    m_sequence[m_size] = event.sequence;
    m_cgroup[m_size] = event.cgroup;
    m_pid[m_size] = event.pid;
    m_parentPid[m_size] = event.parentPid;
    m_uid[m_size] = event.uid;
    m_flags[m_size] = event.flags;
    m_mode[m_size] = event.mode;
    m_attributes[m_size] = event.attributes;
    m_type[m_size] = store(viewOf(event.type.toUtf8()));
    m_comm[m_size] = store(viewOf(event.comm.toUtf8()));
    m_application[m_size] = store(viewOf(event.application.toUtf8()));
    m_subject[m_size] = store(viewOf(event.subject));
    endRow();
}

void EventChunk::appendGap(Kind kind, quint64 time, qint64 value)
{
    beginRow(kind, time, value);
    m_sequence[m_size] = 0;
    m_cgroup[m_size] = 0;
    for (Column<quint32> *const column : {&m_pid, &m_parentPid, &m_uid, &m_flags, &m_mode, &m_attributes}) {
        (*column)[m_size] = 0;
    }
    for (Column<Text> *const column : {&m_type, &m_comm, &m_application, &m_subject}) {
        (*column)[m_size] = store({});
    }
    endRow();
}

void EventChunk::beginRow(Kind kind, quint64 time, qint64 value)
{
    Q_ASSERT(!isFull());
    m_kind[m_size] = kind;
    m_time[m_size] = time;
    m_value[m_size] = value;
}

void EventChunk::endRow()
{
    ++m_size;
    if (isFull()) {
        std::unordered_set<std::string_view>().swap(m_known);
    }
}

qsizetype EventChunk::bytes() const
{
    // What the set takes: a node with its pointer, size and hash, and its place in the table.
    constexpr qsizetype perKnown = 48;
    return static_cast<qsizetype>(sizeof(EventChunk)) + m_blockBytes +
           perKnown * static_cast<qsizetype>(m_known.size());
}

std::string_view EventChunk::text(Text text)
{
    quint32 size = 0;
    std::memcpy(&size, text, sizeof(size));
    return {text + sizeof(size), size};
}

EventChunk::Text EventChunk::store(std::string_view text)
{
    const auto size = static_cast<quint32>(text.size());
    const auto known = m_known.find(text);
    if (known != m_known.end()) {
        return known->data() - sizeof(size);
    }
    char *const stored = room(sizeof(size) + text.size());
    std::memcpy(stored, &size, sizeof(size));
    if (!text.empty()) {
        std::memcpy(stored + sizeof(size), text.data(), text.size());
    }
    m_known.emplace(stored + sizeof(size), text.size());
    return stored;
}

char *EventChunk::room(std::size_t bytes)
{
    const auto block = [this](std::size_t size) {
        m_blocks.push_back(std::make_unique<char[]>(size));
        m_blockBytes += static_cast<qsizetype>(size);
        return m_blocks.back().get();
    };
    if (bytes > blockSize / 4) {
        return block(bytes); // rare: the rest of the last block is not given up for it
    }
    if (bytes > m_roomLeft) {
        m_room = block(blockSize);
        m_roomLeft = blockSize;
    }
    char *const start = m_room;
    m_room += bytes;
    m_roomLeft -= bytes;
    return start;
}

} // namespace lunaris
