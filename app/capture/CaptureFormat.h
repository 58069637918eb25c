// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CAPTURE_CAPTUREFORMAT_H
#define LUNARIS_APP_CAPTURE_CAPTUREFORMAT_H

#include "dbus/MonitorEvent.h"

#include <QByteArray>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// A capture: the events that a client was given, in their order. All numbers are little-endian, a text is
/// its length (4 bytes) and its bytes.
///
///     magic (8 bytes), version (4)
///     a frame: start time (8, microseconds since the epoch), host, kernel release
///     frames of events:  'E', sequence 8, time 8, type, pid 4, ppid 4, uid 4, comm, application, subject,
///                        flags 4, mode 4, value 8, attributes 4, cgroup 8
///     frames of losses:  'D', how many events were skipped here (8)
///     a frame of the end: 'Z', how many frames of events and losses there are (8)
///
/// A frame is the size of what it holds (4), a checksum of that (8: XXH3, seeded with the frame's number from
/// 0 on, so that a frame that is missing is missed), and what it holds. Whoever reads takes whole frames up
/// to the first that is not what it should be.
namespace lunaris::capture
{

inline constexpr std::string_view magic{"\x89LKMC\r\n\x1a", 8};
inline constexpr std::uint32_t version = 1;

/// The most that a frame may hold, and so what reading takes: a path has 4096 bytes at most.
inline constexpr std::uint32_t maximumFrame = 64 * 1024;

/// What a capture says of itself. Texts are bytes from outside when it was read.
struct Facts {
    QByteArray host;
    QByteArray kernelRelease;
    std::uint64_t startTime = 0; ///< microseconds since the Unix epoch
};

/// What a frame holds. Reading gives nothing for what is none: a text that ends too late, bytes left over,
/// a type or a comm that no helper sends.
QByteArray write(const Facts &facts);
QByteArray write(const MonitorEvent &event);
QByteArray writeLoss(std::uint64_t events);
QByteArray writeEnd(std::uint64_t frames);
std::optional<Facts> readFacts(const QByteArray &bytes);
std::optional<MonitorEvent> readEvent(const QByteArray &bytes);
std::optional<std::uint64_t> readLoss(const QByteArray &bytes);
std::optional<std::uint64_t> readEnd(const QByteArray &bytes);

std::uint64_t checksum(const QByteArray &frame, std::uint64_t number);

} // namespace lunaris::capture

#endif
