// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_TEXTWIDTH_H
#define LUNARIS_APP_FORMAT_TEXTWIDTH_H

#include <string>
#include <string_view>

/// Texts in the cells of a terminal: a Chinese character takes two, a combining accent none. All texts are
/// UTF-8 without control characters; which character is how wide is the locale's (wcwidth(3)).
namespace lunaris::TextWidth
{

int cells(std::string_view text);

/// Exactly so many cells: filled up with blanks, or cut with "…" at its end.
std::string fit(std::string_view text, int width);

/// At most so many cells, cut with "…" at its beginning: of a path the end says most.
std::string keepEnd(std::string_view text, int width);

} // namespace lunaris::TextWidth

#endif
