// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_EVENT_H
#define LUNARIS_HELPER_NORMALIZER_EVENT_H

#include "helper/normalizer/EventType.h"
#include "helper/normalizer/Uuid.h"

#include <cstdint>
#include <string_view>

namespace lunaris
{

/// A clean event on its way out of the normalizer. The texts are those of the
/// record and of the normalizer, and are valid until the sink that got it returns.
struct Event {
    Uuid id{};
    EventType type = EventType::FileOpened;
    std::int64_t timestamp = 0;   ///< microseconds since the Unix epoch
    std::uint64_t kernelTime = 0; ///< nanoseconds since boot; 0 where it tells nothing of our own speed
    std::uint32_t pid = 0;
    std::uint32_t parentPid = 0;
    std::uint32_t uid = 0;   ///< real uid, initial user namespace
    bool privileged = false; ///< uid 0, or a set-uid program: nothing that other users may see
    std::uint32_t owner = 0; ///< uid that owns the file
    std::uint64_t cgroup = 0;
    std::string_view comm;        ///< bytes
    std::string_view application; ///< bytes
    std::string_view
        subject; ///< bytes: an absolute path, or its end when truncated; of the executable
                 ///< for processes, empty if that is not known; "IP:port" of a connection's other end
    std::uint32_t flags = 0;
    std::uint32_t mode = 0;
    std::int64_t value = 0;       ///< descriptor or -errno, bytes, exit code or -signal, local port
    std::uint32_t attributes = 0; ///< the public bits of lkm_attribute
};

/// Where events go. Called on the capture thread; must not block.
class EventSink
{
public:
    virtual ~EventSink() = default;

    virtual void event(const Event &event) = 0;

    /// The source has nothing more at the moment: what was held back for batching is to go out.
    virtual void flush() = 0;
};

} // namespace lunaris

#endif
