// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_PROGRAM_H
#define LUNARIS_DBUS_FILTER_PROGRAM_H

#include "dbus/filter/EventView.h"
#include "dbus/filter/Expression.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace re2
{
class RE2;
}

namespace lunaris::filter
{

/// An expression made ready to be asked about many events: a list of tests, each with the place to go on
/// at if it holds and if it does not, always further on. So an event costs at most each test once, and each
/// test takes time in proportion to the text that it looks at.
///
/// Immutable; any number of threads may ask at once.
class Program
{
public:
    /// `glob`s and `matches` that need an automaton, the instructions that these have together, and the bytes
    /// that they may take together.
    static constexpr std::size_t maximumPatterns = 8;
    static constexpr int maximumInstructions = 1000;
    static constexpr std::int64_t patternMemory = std::int64_t{256} * 1024;

    /// Fails on a pattern that is wrong or too large.
    static Result<Program> compile(const Expression &expression);

    /// Passes everything.
    Program();
    ~Program();
    Program(Program &&) noexcept;
    Program &operator=(Program &&) noexcept;

    bool passes(const EventView &event) const;

    /// What it looks at: who fills a view may leave out the others. A word looks at path, comm and app.
    const FieldSet &fields() const { return m_fields; }

private:
    friend class Compiler;

    using Target = std::uint16_t;

    enum class Test : std::uint8_t {
        TextEquals,
        TextDiffers,
        TextContains,
        TextStarts,
        TextEnds,
        TextIn,
        Pattern,
        AnyContains,
        NumberEquals,
        NumberDiffers,
        NumberLess,
        NumberAtMost,
        NumberGreater,
        NumberAtLeast,
        NumberIn,
        HasBits,
    };

    struct Step {
        Test test = Test::TextEquals;
        Field field = Field::Type;
        Target yes = 0;
        Target no = 0;
        std::uint32_t operand = 0; // index of a text, a set, a pattern
        std::int64_t number = 0;
        std::int64_t mask = 0;
    };

    bool holds(const Step &step, const EventView &event) const;

    static constexpr Target reject = 0;
    static constexpr Target accept = 1;

    Target m_entry = accept;
    std::vector<Step> m_steps; // the targets of the first two are never looked at
    std::vector<std::string> m_texts;
    std::vector<std::vector<std::string>> m_textSets; // sorted
    std::vector<std::vector<std::int64_t>> m_numberSets;
    std::vector<std::unique_ptr<re2::RE2>> m_patterns;
    FieldSet m_fields;
};

} // namespace lunaris::filter

#endif
