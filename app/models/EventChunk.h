// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTCHUNK_H
#define LUNARIS_APP_MODELS_EVENTCHUNK_H

#include "dbus/MonitorEvent.h"
#include "dbus/filter/EventView.h"

#include <array>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace lunaris
{

/// Up to `capacity` rows in columns, with all the texts that they have: a text that several rows share is
/// held once, and all go when the chunk goes. So nothing is counted, and nothing points out of it.
///
/// One thread writes. Nothing that has been written moves or changes any more: other threads may read the
/// rows below a size() that the writer handed them, while it goes on writing behind.
class EventChunk
{
public:
    static constexpr quint32 capacity = 8192;

    /// What a row is: an event, or a mark where events are missing.
    enum class Kind : quint8 {
        Event,
        Dropped,        ///< so many events were skipped: value()
        ConnectionLost, ///< nobody knows how many
    };

    explicit EventChunk(quint64 firstNumber) : m_firstNumber(firstNumber) {}
    EventChunk(const EventChunk &) = delete;
    EventChunk &operator=(const EventChunk &) = delete;

    // The writer's thread only. There must be room.
    void append(const MonitorEvent &event);
    void appendGap(Kind kind, quint64 time, qint64 value);
    quint32 size() const { return m_size; }
    bool isFull() const { return m_size == capacity; }
    /// Memory, in bytes.
    qsizetype bytes() const;

    quint64 firstNumber() const { return m_firstNumber; }

    Kind kind(quint32 row) const { return m_kind[row]; }
    quint64 sequence(quint32 row) const { return m_sequence[row]; }
    quint64 time(quint32 row) const { return m_time[row]; }
    quint32 pid(quint32 row) const { return m_pid[row]; }
    quint32 parentPid(quint32 row) const { return m_parentPid[row]; }
    quint32 uid(quint32 row) const { return m_uid[row]; }
    quint32 flags(quint32 row) const { return m_flags[row]; }
    quint32 mode(quint32 row) const { return m_mode[row]; }
    quint32 attributes(quint32 row) const { return m_attributes[row]; }
    qint64 value(quint32 row) const { return m_value[row]; }
    quint64 cgroup(quint32 row) const { return m_cgroup[row]; }
    std::string_view type(quint32 row) const { return text(m_type[row]); }
    std::string_view comm(quint32 row) const { return text(m_comm[row]); }
    std::string_view application(quint32 row) const { return text(m_application[row]); }
    std::string_view subject(quint32 row) const { return text(m_subject[row]); }

private:
    /// A quint32 with the size, and then the bytes.
    using Text = const char *;

    static std::string_view text(Text text);
    Text store(std::string_view text);
    char *room(std::size_t bytes);
    void beginRow(Kind kind, quint64 time, qint64 value);
    void endRow();

    template<typename Type>
    using Column = std::array<Type, capacity>;

    const quint64 m_firstNumber;
    quint32 m_size = 0;
    Column<Kind> m_kind;
    Column<quint64> m_sequence;
    Column<quint64> m_time;
    Column<quint64> m_cgroup;
    Column<qint64> m_value;
    Column<quint32> m_pid;
    Column<quint32> m_parentPid;
    Column<quint32> m_uid;
    Column<quint32> m_flags;
    Column<quint32> m_mode;
    Column<quint32> m_attributes;
    Column<Text> m_type;
    Column<Text> m_comm;
    Column<Text> m_application;
    Column<Text> m_subject;

    std::vector<std::unique_ptr<char[]>> m_blocks; // of texts
    char *m_room = nullptr;                        // in the last block
    std::size_t m_roomLeft = 0;
    qsizetype m_blockBytes = 0;
    std::unordered_set<std::string_view> m_known; // texts in the blocks; empty as soon as it is full
};

} // namespace lunaris

#endif
