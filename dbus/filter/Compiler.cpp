// SPDX-License-Identifier: MIT
#include "dbus/filter/Compiler.h"

#include "dbus/filter/Glob.h"
#include "dbus/filter/Symbols.h"

#include <algorithm>
#include <re2/re2.h>
#include <utility>

namespace lunaris::filter
{

namespace
{

Sentence whatIsWrong(const RE2 &expression)
{
    const std::string piece = cited(expression.error_arg());
    switch (expression.error_code()) {
    case RE2::ErrorMissingBracket:
        return LUNARIS_SENTENCE("lunaris::filter", "the closing `]` is missing");
    case RE2::ErrorMissingParen:
        return LUNARIS_SENTENCE("lunaris::filter", "the closing `)` is missing");
    case RE2::ErrorUnexpectedParen:
        return LUNARIS_SENTENCE("lunaris::filter", "there is no `(` for a `)`");
    case RE2::ErrorTrailingBackslash:
        return LUNARIS_SENTENCE("lunaris::filter", "it ends with a backslash");
    case RE2::ErrorRepeatArgument:
        return {LUNARIS_SENTENCE("lunaris::filter", "there is nothing to repeat before %1"), piece};
    case RE2::ErrorRepeatSize:
        return {LUNARIS_SENTENCE("lunaris::filter", "the repetition %1 is not possible"), piece};
    case RE2::ErrorBadEscape:
        return {LUNARIS_SENTENCE("lunaris::filter", "there is no escape %1"), piece};
    case RE2::ErrorBadCharRange:
        return {LUNARIS_SENTENCE("lunaris::filter", "the range %1 is not possible"), piece};
    default:
        return {LUNARIS_SENTENCE("lunaris::filter", "RE2 does not know %1"), piece};
    }
}

} // namespace

Result<Program> Program::compile(const Expression &expression)
{
    return Compiler().compile(expression);
}

/// What is wrong is thrown and caught within this file only.
Result<Program> Compiler::compile(const Expression &expression)
{
    if (expression.isEmpty()) {
        return Program();
    }
    try {
        // First of all, and from the first to the last: of several that are wrong the first is told.
        collectPatterns(expression.root);
        buildPatterns();
        m_program.m_entry = compile(expression.root, Program::accept, Program::reject);
        return std::move(m_program);
    } catch (const Error &error) {
        return error;
    }
}

Compiler::Target Compiler::compile(const Node &node, Target yes, Target no)
{
    switch (node.kind) {
    case Node::Kind::Everything:
        return yes;
    case Node::Kind::And: {
        Target next = yes;
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
            next = compile(*child, next, no);
        }
        return next;
    }
    case Node::Kind::Or: {
        Target next = no;
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
            next = compile(*child, yes, next);
        }
        return next;
    }
    case Node::Kind::Not:
        return compile(node.children.front(), no, yes);
    case Node::Kind::Comparison:
    case Node::Kind::Word:
        break;
    }
    Step step;
    step.yes = yes;
    step.no = no;
    fill(step, node);
    m_program.m_steps.push_back(step);
    return static_cast<Target>(m_program.m_steps.size() - 1); // at most maximumNodes
}

void Compiler::fill(Step &step, const Node &node)
{
    if (node.kind == Node::Kind::Word) {
        step.test = Program::Test::AnyContains;
        step.operand = text(node.values.front().text);
        for (const Field field : {Field::Path, Field::Comm, Field::App}) {
            m_program.m_fields.insert(field);
        }
        return;
    }
    step.field = node.field;
    m_program.m_fields.insert(node.field);
    isText(node.field) ? fillText(step, node) : fillNumber(step, node);
}

void Compiler::fillText(Step &step, const Node &node)
{
    using Test = Program::Test;
    const Value &value = node.values.front();
    switch (node.op) {
    case Operator::Equal:
        step.test = Test::TextEquals;
        break;
    case Operator::NotEqual:
        step.test = Test::TextDiffers;
        break;
    case Operator::Contains:
        step.test = Test::TextContains;
        break;
    case Operator::StartsWith:
        step.test = Test::TextStarts;
        break;
    case Operator::EndsWith:
        step.test = Test::TextEnds;
        break;
    case Operator::Glob:
        fillGlob(step, value);
        return;
    case Operator::Matches:
        usePattern(step, value);
        return;
    default: { // in
        std::vector<std::string> set;
        for (const Value &member : node.values) {
            set.push_back(member.text);
        }
        std::sort(set.begin(), set.end());
        step.test = Test::TextIn;
        step.operand = static_cast<std::uint32_t>(m_program.m_textSets.size());
        m_program.m_textSets.push_back(std::move(set));
        return;
    }
    }
    step.operand = text(value.text);
}

void Compiler::fillGlob(Step &step, const Value &value)
{
    const auto glob = readGlob(value.text);
    const auto *const plain = std::get_if<PlainGlob>(&glob);
    if (plain == nullptr) {
        usePattern(step, value);
        return;
    }
    Node node;
    node.op = plain->op;
    node.values.push_back({plain->text, 0, false, value.at});
    fillText(step, node);
}

void Compiler::usePattern(Step &step, const Value &value)
{
    const auto found = std::find_if(m_patterns.begin(), m_patterns.end(),
                                    [&value](const Pattern &pattern) { return pattern.value == &value; });
    step.test = Program::Test::Pattern;
    step.operand = static_cast<std::uint32_t>(found - m_patterns.begin());
}

void Compiler::fillNumber(Step &step, const Node &node)
{
    using Test = Program::Test;
    const Value &value = node.values.front();
    step.number = value.number;
    switch (node.op) {
    case Operator::Equal:
        step.test = Test::NumberEquals;
        return;
    case Operator::NotEqual:
        step.test = Test::NumberDiffers;
        return;
    case Operator::Less:
        step.test = Test::NumberLess;
        return;
    case Operator::LessEqual:
        step.test = Test::NumberAtMost;
        return;
    case Operator::Greater:
        step.test = Test::NumberGreater;
        return;
    case Operator::GreaterEqual:
        step.test = Test::NumberAtLeast;
        return;
    case Operator::Has:
        step.test = Test::HasBits;
        // The access mode is one number of two bits: O_RDWR is not O_WRONLY and something more.
        step.mask = value.number | (value.accessMode ? std::int64_t{accessModeMask} : 0);
        return;
    default: { // in
        std::vector<std::int64_t> set;
        for (const Value &member : node.values) {
            set.push_back(member.number);
        }
        std::sort(set.begin(), set.end());
        step.test = Test::NumberIn;
        step.operand = static_cast<std::uint32_t>(m_program.m_numberSets.size());
        m_program.m_numberSets.push_back(std::move(set));
    }
    }
}

std::uint32_t Compiler::text(const std::string &text)
{
    m_program.m_texts.push_back(text);
    return static_cast<std::uint32_t>(m_program.m_texts.size() - 1);
}

void Compiler::collectPatterns(const Node &node)
{
    for (const Node &child : node.children) {
        collectPatterns(child);
    }
    if (node.kind != Node::Kind::Comparison) {
        return;
    }
    const Value &value = node.values.front();
    if (node.op == Operator::Matches) {
        m_patterns.push_back({value.text, &value});
    } else if (node.op == Operator::Glob) {
        auto glob = readGlob(value.text);
        if (const auto *const wrong = std::get_if<WrongGlob>(&glob)) {
            throw Error{value.at, wrong->sentence};
        }
        if (auto *const pattern = std::get_if<GlobPattern>(&glob)) {
            m_patterns.push_back({std::move(pattern->expression), &value});
        }
    }
    if (m_patterns.size() > Program::maximumPatterns) {
        throw Error{value.at,
                    {LUNARIS_SENTENCE("lunaris::filter", "there are more than %1 patterns in this filter"),
                     Program::maximumPatterns}};
    }
}

void Compiler::buildPatterns()
{
    RE2::Options options(RE2::Latin1);
    options.set_log_errors(false);
    options.set_dot_nl(true); // a file name may hold a newline, and shall not hide behind it
    options.set_max_mem(Program::patternMemory /
                        std::max<std::int64_t>(static_cast<std::int64_t>(m_patterns.size()), 1));
    int size = 0;
    for (const auto &[expression, value] : m_patterns) {
        auto compiled = std::make_unique<RE2>(expression, options);
        if (!compiled->ok() && compiled->error_code() != RE2::ErrorPatternTooLarge) {
            throw Error{value->at,
                        {LUNARIS_SENTENCE("lunaris::filter", "this is no regular expression: %1"),
                         whatIsWrong(*compiled)}};
        }
        // Where an automaton outgrows its memory RE2 tries every instruction at every byte: 18 000 of them
        // fit into the memory, and took 0.2 s for one path.
        size += compiled->ok() ? compiled->ProgramSize() : 0;
        if (!compiled->ok() || size > Program::maximumInstructions) {
            throw Error{value->at, LUNARIS_SENTENCE("lunaris::filter", "this pattern is too large")};
        }
        m_program.m_patterns.push_back(std::move(compiled));
    }
}

} // namespace lunaris::filter
