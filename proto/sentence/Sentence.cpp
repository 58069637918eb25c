// SPDX-License-Identifier: MIT
#include "proto/sentence/Sentence.h"

#include <cstddef>

namespace lunaris
{

std::string Sentence::english() const
{
    return rendered([](const char *, const char *text) { return text; });
}

std::string Sentence::rendered(const Translation &translation) const
{
    if (m_context == nullptr) {
        return m_text;
    }
    const std::string pattern = translation(m_context, m_text.c_str());
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        std::size_t end = at + 1;
        std::size_t number = 0;
        // As many digits as there can be: %10 is the tenth if there are ten.
        while (pattern[at] == '%' && end < pattern.size() && pattern[end] >= '0' && pattern[end] <= '9') {
            const std::size_t longer = number * 10 + static_cast<std::size_t>(pattern[end] - '0');
            if (longer == 0 || longer > m_arguments.size()) {
                break;
            }
            number = longer;
            ++end;
        }
        out += number == 0 ? std::string(1, pattern[at]) : m_arguments[number - 1].rendered(translation);
        at = end;
    }
    return out;
}

} // namespace lunaris
