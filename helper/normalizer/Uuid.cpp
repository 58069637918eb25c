// SPDX-License-Identifier: MIT
#include "helper/normalizer/Uuid.h"

namespace lunaris
{

namespace
{

constexpr std::uint64_t millisecondsMask = (std::uint64_t{1} << 48) - 1;
constexpr std::uint64_t lowMask = (std::uint64_t{1} << 62) - 1;
constexpr std::uint16_t highMask = (1U << 12) - 1;

/// Big enough that the next identifier cannot be guessed from the last, small enough that a
/// millisecond never runs out of numbers.
constexpr std::uint64_t stepMask = (std::uint64_t{1} << 32) - 1;

} // namespace

void writeText(const Uuid &uuid, char *target)
{
    static constexpr char digits[] = "0123456789abcdef";
    for (std::size_t index = 0; index < uuid.size(); ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10) {
            *target++ = '-';
        }
        *target++ = digits[uuid[index] >> 4];
        *target++ = digits[uuid[index] & 0xf];
    }
}

std::string toText(const Uuid &uuid)
{
    std::string text(uuidTextSize, '\0');
    writeText(uuid, text.data());
    return text;
}

UuidV7::UuidV7(std::uint64_t seed) : m_random(seed) {}

Uuid UuidV7::next(std::uint64_t milliseconds)
{
    milliseconds &= millisecondsMask;
    if (milliseconds > m_milliseconds) {
        m_milliseconds = milliseconds;
        // The top bit starts clear, so that counting up has room before it overflows.
        m_high = m_random() & (highMask >> 1);
        m_low = m_random() & lowMask;
    } else {
        m_low += (m_random() & stepMask) + 1;
        if (m_low > lowMask) {
            m_low &= lowMask;
            m_high = (m_high + 1) & highMask;
            if (m_high == 0) {
                ++m_milliseconds;
            }
        }
    }

    Uuid uuid{};
    for (int index = 0; index < 6; ++index) {
        uuid[index] = static_cast<std::uint8_t>(m_milliseconds >> (40 - 8 * index));
    }
    uuid[6] = static_cast<std::uint8_t>(0x70 | m_high >> 8);
    uuid[7] = static_cast<std::uint8_t>(m_high);
    for (int index = 0; index < 8; ++index) {
        uuid[8 + index] = static_cast<std::uint8_t>(m_low >> (56 - 8 * index));
    }
    uuid[8] |= 0x80; // the variant; m_low has only 62 bits
    return uuid;
}

} // namespace lunaris
