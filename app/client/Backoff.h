// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_BACKOFF_H
#define LUNARIS_APP_CLIENT_BACKOFF_H

#include <algorithm>
#include <chrono>

namespace lunaris
{

/// How long to wait before something is tried again: each time twice as long, up to half a minute.
class Backoff
{
public:
    std::chrono::milliseconds next()
    {
        const std::chrono::milliseconds wait = m_next;
        m_next = std::min(m_next * 2, longest);
        return wait;
    }

    /// It has worked: the next failure is a first one.
    void reset() { m_next = first; }

private:
    static constexpr std::chrono::milliseconds first{500};
    static constexpr std::chrono::milliseconds longest{30'000};

    std::chrono::milliseconds m_next = first;
};

} // namespace lunaris

#endif
