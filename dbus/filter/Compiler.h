// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_COMPILER_H
#define LUNARIS_DBUS_FILTER_COMPILER_H

#include "dbus/filter/Program.h"

namespace lunaris::filter
{

/// Makes a Program of an expression. Works from the last test to the first, so that the places to go on at
/// are known when a test is written; `not` costs nothing, it changes places.
class Compiler
{
public:
    Result<Program> compile(const Expression &expression);

private:
    using Target = Program::Target;
    using Step = Program::Step;

    Target compile(const Node &node, Target yes, Target no);
    void fill(Step &step, const Node &comparison);
    void fillText(Step &step, const Node &comparison);
    void fillNumber(Step &step, const Node &comparison);
    void fillGlob(Step &step, const Value &value);
    void usePattern(Step &step, const Value &value);
    std::uint32_t text(const std::string &text);
    void collectPatterns(const Node &node);
    void buildPatterns();

    /// A regular expression, and the value that it is of.
    struct Pattern {
        std::string expression;
        const Value *value = nullptr;
    };

    Program m_program;
    std::vector<Pattern> m_patterns; // in the order of the text
};

} // namespace lunaris::filter

#endif
