// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MOVEELEMENT_H
#define LUNARIS_APP_GUI_MOVEELEMENT_H

#include <algorithm>
#include <iterator>

namespace lunaris
{

/// Takes the element at `from` to the place of the one at `to`; those between move up by one. Both are
/// iterators into the same list, not its end.
template<typename Iterator>
void moveElement(Iterator from, Iterator to)
{
    if (from < to) {
        std::rotate(from, std::next(from), std::next(to));
    } else {
        std::rotate(to, from, std::next(from));
    }
}

} // namespace lunaris

#endif
