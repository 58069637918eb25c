// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_COMPLETION_H
#define LUNARIS_DBUS_FILTER_COMPLETION_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris::filter
{

/// What may come next in a filter that is being typed.
struct Completion {
    std::size_t from = 0;                ///< where the word at the cursor begins, in bytes
    std::vector<std::string> candidates; ///< what may stand from there to the cursor; likely ones first
};

/// Looks at the text before the cursor only (a number of bytes). Nothing is proposed where something is
/// wrong already, within quotes, and where any text or number may stand. A set of users' names, of
/// applications or of paths is the caller's to add.
Completion complete(std::string_view text, std::size_t cursor);

} // namespace lunaris::filter

#endif
