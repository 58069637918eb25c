// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_EVENTSLICE_H
#define LUNARIS_HELPER_SERVICE_EVENTSLICE_H

#include "helper/pipeline/EventRing.h"

#include <string>
#include <vector>

namespace lunaris
{

/// A few events copied out of the ring, so that it is locked for copying and for nothing else. Keeps its
/// memory for the next few.
class EventSlice
{
public:
    void clear();
    void append(EventRing::Position position, const Event &event);

    std::size_t size() const { return m_copies.size(); }
    EventRing::Position position(std::size_t index) const { return m_copies[index].position; }

    /// Its texts are valid until the next change.
    Event event(std::size_t index) const;

private:
    struct Copy {
        EventRing::Position position = 0;
        Event event; // its texts' sizes are right, what they point to is not
        std::size_t offset = 0;
    };

    std::vector<Copy> m_copies;
    std::string m_texts;
};

} // namespace lunaris

#endif
