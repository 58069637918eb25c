// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_UUID_H
#define LUNARIS_HELPER_NORMALIZER_UUID_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace lunaris
{

/// 128 bits in network byte order.
using Uuid = std::array<std::uint8_t, 16>;

/// The 36 characters of RFC 9562, section 4, in lower case.
std::string toText(const Uuid &uuid);

inline constexpr std::size_t uuidTextSize = 36;

/// The same into uuidTextSize bytes of room, without a terminating zero.
void writeText(const Uuid &uuid, char *target);

/// Makes UUIDs of version 7 (RFC 9562, section 5.7), each greater than the one before, even when
/// time stands still or goes back; without a system call. Not thread-safe.
///
/// The 74 bits behind the millisecond are a random number that is counted up within a millisecond
/// (section 6.2, method 2). The same seed and times give the same identifiers.
class UuidV7
{
public:
    explicit UuidV7(std::uint64_t seed);

    /// `milliseconds` since the Unix epoch; only its low 48 bits are used.
    Uuid next(std::uint64_t milliseconds);

private:
    std::mt19937_64 m_random;
    std::uint64_t m_milliseconds = 0;
    std::uint16_t m_high = 0; // 12 bits, rand_a
    std::uint64_t m_low = 0;  // 62 bits, rand_b
};

} // namespace lunaris

#endif
