// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_OPENFLAGS_H
#define LUNARIS_APP_FORMAT_OPENFLAGS_H

#include <cstdint>
#include <string>

namespace lunaris
{

/// The flags of an open as people read them: "WRONLY|CREAT"; in hexadecimal when there is a bit without a
/// name.
std::string openFlagsWords(std::uint32_t flags);

} // namespace lunaris

#endif
