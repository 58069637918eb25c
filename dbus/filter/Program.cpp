// SPDX-License-Identifier: MIT
#include "dbus/filter/Program.h"

#include <algorithm>
#include <cstring>
#include <re2/re2.h>

namespace lunaris::filter
{

namespace
{

/// In time that grows with the sum of the sizes, not with their product as std::string_view::find() may.
bool contains(std::string_view text, std::string_view piece)
{
    return piece.empty() || (!text.empty() && memmem(text.data(), text.size(), piece.data(), piece.size()));
}

} // namespace

Program::Program() : m_steps(2) {}
Program::~Program() = default;
Program::Program(Program &&) noexcept = default;
Program &Program::operator=(Program &&) noexcept = default;

bool Program::passes(const EventView &event) const
{
    Target at = m_entry;
    while (at > accept) {
        const Step &step = m_steps[at];
        at = holds(step, event) ? step.yes : step.no;
    }
    return at == accept;
}

bool Program::holds(const Step &step, const EventView &event) const
{
    if (step.test == Test::AnyContains) {
        const std::string &piece = m_texts[step.operand];
        for (const Field field : {Field::Path, Field::Comm, Field::App}) {
            if (event.has(field) && contains(event.text(field), piece)) {
                return true;
            }
        }
        return false;
    }
    if (!event.has(step.field)) {
        return false;
    }
    if (!isText(step.field)) {
        const std::int64_t number = event.number(step.field);
        switch (step.test) {
        case Test::NumberEquals:
            return number == step.number;
        case Test::NumberDiffers:
            return number != step.number;
        case Test::NumberLess:
            return number < step.number;
        case Test::NumberAtMost:
            return number <= step.number;
        case Test::NumberGreater:
            return number > step.number;
        case Test::NumberAtLeast:
            return number >= step.number;
        case Test::NumberIn: {
            const auto &set = m_numberSets[step.operand];
            return std::binary_search(set.begin(), set.end(), number);
        }
        case Test::HasBits:
            return (number & step.mask) == step.number;
        default:
            return false;
        }
    }
    const std::string_view text = event.text(step.field);
    switch (step.test) {
    case Test::TextEquals:
        return text == m_texts[step.operand];
    case Test::TextDiffers:
        return text != m_texts[step.operand];
    case Test::TextContains:
        return contains(text, m_texts[step.operand]);
    case Test::TextStarts:
        return text.starts_with(m_texts[step.operand]);
    case Test::TextEnds:
        return text.ends_with(m_texts[step.operand]);
    case Test::TextIn: {
        const auto &set = m_textSets[step.operand];
        return std::binary_search(set.begin(), set.end(), text, std::less<>());
    }
    case Test::Pattern:
        return m_patterns[step.operand]->Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED,
                                               nullptr, 0);
    default:
        return false;
    }
}

} // namespace lunaris::filter
