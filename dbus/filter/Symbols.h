// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_SYMBOLS_H
#define LUNARIS_DBUS_FILTER_SYMBOLS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris::filter
{

/// The number of an errno by its name, as in errno(3): 2 for "ENOENT".
std::optional<int> errnoNamed(std::string_view name);

/// The other way round; nothing for a number that is none.
std::optional<std::string_view> nameOfErrno(int number);

std::vector<std::string_view> errnoNames();

/// The bits of a flag of open(2) by its name, as this machine's kernel has them.
std::optional<std::uint32_t> openFlagNamed(std::string_view name);

/// O_RDONLY, O_WRONLY, O_RDWR: values of the bits in accessModeMask, not bits of their own.
bool isAccessMode(std::string_view name);
inline constexpr std::uint32_t accessModeMask = 3;

/// "O_WRONLY|O_CREAT"; nothing when not every bit has a name. The access mode is left out unless wanted.
std::optional<std::string> openFlagsText(std::uint32_t flags, bool withAccessMode);

std::vector<std::string_view> openFlagNames();

} // namespace lunaris::filter

#endif
