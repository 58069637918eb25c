// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_SAMPLEEVENT_H
#define LUNARIS_TESTS_UNIT_SAMPLEEVENT_H

#include "helper/normalizer/Event.h"

#include <string>
#include <vector>

namespace lunaris
{

/// An event that owns its texts, so that a test can keep it and compare.
struct SampleEvent {
    std::string comm = "cat";
    std::string application = "org.example.Reader";
    std::string subject = "/home/tester/notes.txt";
    Event fields = ordinary();

    /// Valid as long as this is neither changed nor gone.
    Event event() const
    {
        Event out = fields;
        out.comm = comm;
        out.application = application;
        out.subject = subject;
        return out;
    }

private:
    static Event ordinary()
    {
        Event event;
        for (std::size_t index = 0; index < event.id.size(); ++index) {
            event.id[index] = static_cast<std::uint8_t>(index + 1);
        }
        event.timestamp = 1'771'677'296'000'001;
        event.pid = 1234;
        event.parentPid = 77;
        event.uid = 1000;
        event.owner = 1000;
        event.cgroup = 4711;
        event.flags = 0x8000;
        event.mode = 0100644;
        event.value = 3;
        return event;
    }
};

/// Remembers the subjects of what it is given.
class CollectingSink final : public EventSink
{
public:
    void event(const Event &event) override { m_subjects.emplace_back(event.subject); }
    void flush() override { ++m_flushes; }

    const std::vector<std::string> &subjects() const { return m_subjects; }
    int flushes() const { return m_flushes; }

private:
    std::vector<std::string> m_subjects;
    int m_flushes = 0;
};

} // namespace lunaris

#endif
