// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_PLAUSIBLEEVENTS_H
#define LUNARIS_TESTS_FAKES_PLAUSIBLEEVENTS_H

#include "dbus/MonitorEvent.h"

#include <random>

namespace lunaris::test
{

/// Events as a desktop at work makes them: many programs, long and short paths, now and then an odd
/// one (deleted, truncated, not UTF-8). The same seed gives the same events.
class PlausibleEvents
{
public:
    /// Files that are one of many (half of all events) have one of so many names.
    explicit PlausibleEvents(quint32 seed, std::size_t names = 1000) : m_random(seed), m_names(names) {}

    /// `time` in microseconds since the epoch; each event is a little later than the one before.
    MonitorEventList make(qsizetype count, quint64 time);

    /// The same, but not only opens: some fail, and there are writes, processes and connections between them.
    MonitorEventList mixed(qsizetype count, quint64 time);

private:
    int pick(std::size_t below);

    std::mt19937 m_random;
    std::size_t m_names;
};

} // namespace lunaris::test

#endif
