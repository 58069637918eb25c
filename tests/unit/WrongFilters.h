// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_WRONGFILTERS_H
#define LUNARIS_TESTS_UNIT_WRONGFILTERS_H

#include "dbus/filter/Program.h"

#include <QByteArray>
#include <QList>
#include <optional>
#include <string>

/// Filters that are wrong, one of each kind at least: where, and what is said about it.
namespace lunaris::test
{

struct WrongFilter {
    QByteArray text;
    quint64 position;
    quint64 length;
    QByteArray sentence; ///< the whole of it
    QByteArray name = text.toPercentEncoding(" /()|&!=<>{},'\"*");
};

/// Nothing for one that is right.
inline std::optional<filter::Error> problemOf(const QByteArray &text)
{
    const filter::Result<filter::Expression> parsed = filter::parse(text.toStdString());
    if (const auto *const error = std::get_if<filter::Error>(&parsed)) {
        return *error;
    }
    const auto program = filter::Program::compile(std::get<filter::Expression>(parsed));
    const auto *const error = std::get_if<filter::Error>(&program);
    return error != nullptr ? std::optional(*error) : std::nullopt;
}

inline QList<WrongFilter> wrongFilters()
{
    return {
        // What is missing
        {"pid ==", 6, 0, "expected a number after `pid ==`"},
        {"pid ==  ", 8, 0, "expected a number after `pid ==`"},
        {"path ==", 7, 0, "expected a text after `path ==`"},
        {"path contains", 13, 0, "expected a text after `path contains`"},
        {"flags has", 9, 0, "expected open flags after `flags has`"},
        {"flags has O_CREAT|", 18, 0, "expected an open flag after `|`"},
        {"a and", 5, 0, "expected a field or a word after `and`"},
        {"a &&", 4, 0, "expected a field or a word after `&&`"},
        {"a or", 4, 0, "expected a field or a word after `or`"},
        {"a ||", 4, 0, "expected a field or a word after `||`"},
        {"not", 3, 0, "expected a field or a word after `not`"},
        {"!", 1, 0, "expected a field or a word after `!`"},
        {"a not", 5, 0, "expected a field or a word after `not`"},
        {"(", 1, 0, "expected a field or a word after `(`"},
        {"and", 0, 3, "expected a field or a word at the beginning"},
        {"or b", 0, 2, "expected a field or a word at the beginning"},
        {"|| b", 0, 2, "expected a field or a word at the beginning"},
        {"a and and b", 6, 3, "expected a field or a word after `and`"},
        {"a or and b", 5, 3, "expected a field or a word after `or`"},
        {"a and || b", 6, 2, "expected a field or a word after `and`"},
        {"not or", 4, 2, "expected a field or a word after `not`"},
        {"()", 1, 1, "expected a field or a word after `(`"},
        {"a and ()", 7, 1, "expected a field or a word after `(`"},

        // Parentheses
        {"(a", 0, 1, "there is no `)` for this `(`"},
        {"a and (b or (c)", 6, 1, "there is no `)` for this `(`"},
        {"a)", 1, 1, "there is no `(` for this `)`"},
        {"(a))", 3, 1, "there is no `(` for this `)`"},
        {")", 0, 1, "expected a field or a word at the beginning"},
        {"(a}", 2, 1, "expected `)` before `}`"},
        {"(a, b)", 2, 1, "expected `)` before `,`"},
        {"(a == b)", 1, 1, "there is no field `a`"},

        // Fields and operators
        {"foo == 3", 0, 3, "there is no field `foo`"},
        {"a or pth contains x", 5, 3, "there is no field `pth`"},
        {"Path == x", 0, 4, "there is no field `Path`"},
        {"log in", 0, 3, "there is no field `log`"},
        {"in in {a}", 0, 2, "there is no field `in`"},
        {"foo < 3", 0, 3, "there is no field `foo`"},
        {"a_word_that_is_longer_than_what_is_cited == 1", 0, 40,
         "there is no field `a_word_that_is_longer_than_what_…`"},
        {"== 3", 0, 2, "expected a field before `==`"},
        {"\"path\" == x", 7, 2, "expected a field before `==`"},
        {"a and < 3", 6, 1, "expected a field before `<`"},
        {"pid == 1 == 1", 9, 2, "expected a field before `==`"},
        {"(pid) == 1", 6, 2, "expected a field before `==`"},
        {"path < 5", 5, 1, "`<` is for numbers, not for `path`"},
        {"comm >= x", 5, 2, "`>=` is for numbers, not for `comm`"},
        {"pid contains 5", 4, 8, "`contains` is for texts, not for `pid`"},
        {"uid startswith 1", 4, 10, "`startswith` is for texts, not for `uid`"},
        {"mode endswith 4", 5, 8, "`endswith` is for texts, not for `mode`"},
        {"port glob 44*", 5, 4, "`glob` is for texts, not for `port`"},
        {"bytes matches .", 6, 7, "`matches` is for texts, not for `bytes`"},
        {"flags contains O_CREAT", 6, 8, "`contains` is for texts, not for `flags`"},
        {"flags < O_CREAT", 6, 1, "`<` is for numbers, not for `flags`"},
        {"path has x", 5, 3, "`has` is for `flags` and `mode`, not for `path`"},
        {"pid has 1", 4, 3, "`has` is for `flags` and `mode`, not for `pid`"},

        // Signs that mean nothing
        {"pid = 5", 4, 1, "`=` compares nothing; write `==`"},
        {"=", 0, 1, "`=` compares nothing; write `==`"},
        {"pid === 5", 6, 1, "`=` compares nothing; write `==`"},
        {"a & b", 2, 1, "`&` joins nothing; write `&&` or `and`"},
        {"a | b", 2, 1, "`|` joins open flags only; write `||` or `or`"},
        {"| b", 0, 1, "expected a field or a word at the beginning"},
        {"a {b}", 2, 1, "a set can stand behind `in` only"},
        {"{b}", 0, 1, "expected a field or a word at the beginning"},
        {"a }", 2, 1, "did not expect `}` here"},
        {"a, b", 1, 1, "did not expect `,` here"},
        {"comm == a, b", 9, 1, "did not expect `,` here"},

        // Texts
        {"path == )", 8, 1, "expected a text after `path ==`"},
        {"path == == x", 8, 2, "expected a text after `path ==`"},
        {"path == {a}", 8, 1, "expected a text after `path ==`"},
        {"path == (a)", 8, 1, "expected a text after `path ==`"},
        {"comm == and", 8, 3, "expected a text after `comm ==`; `and` as a text needs quotes"},
        {"comm == not x", 8, 3, "expected a text after `comm ==`; `not` as a text needs quotes"},
        {"comm contains or", 14, 2, "expected a text after `comm contains`; `or` as a text needs quotes"},
        {"\"a", 0, 2, "the closing quote is missing"},
        {"comm == 'a b", 8, 4, "the closing quote is missing"},
        {"\"", 0, 1, "the closing quote is missing"},
        {"it's", 2, 2, "the closing quote is missing"},
        {"\"a\\", 0, 3, "the closing quote is missing"},
        {"\"a\\\"", 0, 4, "the closing quote is missing"},
        {"\"a\\qb\"", 2, 2, "there is no such escape; a backslash is written `\\\\`"},
        {"name matches \"\\.txt\"", 14, 2, "there is no such escape; a backslash is written `\\\\`"},
        {"\"\\x4\"", 1, 4, "expected two hexadecimal digits after `\\x`"},
        {"\"\\xgg\"", 1, 4, "expected two hexadecimal digits after `\\x`"},
        {"\"\\x\"", 1, 3, "expected two hexadecimal digits after `\\x`"},
        {"\"\\x4g\"", 1, 4, "expected two hexadecimal digits after `\\x`"},
        {"a\x01", 1, 1, "a control character is written `\\xHH`, within quotes"},
        {"\x7f", 0, 1, "a control character is written `\\xHH`, within quotes"},
        {"\"a\nb\"", 2, 1, "a control character is written `\\xHH`, within quotes"},
        {"a\vb", 1, 1, "a control character is written `\\xHH`, within quotes"},

        // Numbers
        {"pid == abc", 7, 3, "expected a number after `pid ==`"},
        {"pid == \"5\"", 7, 3, "expected a number after `pid ==`"},
        {"pid == 5x", 7, 2, "expected a number after `pid ==`"},
        {"pid == 1.5", 7, 3, "expected a number after `pid ==`"},
        {"pid == 08", 7, 2, "expected a number after `pid ==`"},
        {"pid == 0x", 7, 2, "expected a number after `pid ==`"},
        {"pid == 0xg", 7, 3, "expected a number after `pid ==`"},
        {"pid == -", 7, 1, "expected a number after `pid ==`"},
        {"pid == --1", 7, 3, "expected a number after `pid ==`"},
        {"pid == +1", 7, 2, "expected a number after `pid ==`"},
        {"pid == k", 7, 1, "expected a number after `pid ==`"},
        {"pid == 4K", 7, 2, "expected a number after `pid ==`"},
        {"pid == 4kk", 7, 3, "expected a number after `pid ==`"},
        {"pid == 0x4k", 7, 4, "expected a number after `pid ==`"},
        {"pid == 04k", 7, 3, "expected a number after `pid ==`"},
        {"pid == ENOENT", 7, 6, "expected a number after `pid ==`"},
        {"pid == and", 7, 3, "expected a number after `pid ==`"},
        {"pid == )", 7, 1, "expected a number after `pid ==`"},
        {"mode has rwx", 9, 3, "expected a number after `mode has`"},
        {"bytes > 9223372036854775808", 8, 19, "`9223372036854775808` is too large a number"},
        {"bytes > -9223372036854775809", 8, 20, "`-9223372036854775809` is too large a number"},
        {"bytes > 8388608T", 8, 8, "`8388608T` is too large a number"},
        {"bytes > 0x10000000000000000", 8, 19, "`0x10000000000000000` is too large a number"},
        {"bytes > 99999999999999999999999", 8, 23, "`99999999999999999999999` is too large a number"},
        {"result == ENOFILE", 10, 7, "there is no errno `ENOFILE`"},
        {"result == -ENOENT", 10, 7, "expected a number after `result ==`"},
        {"result == enoent", 10, 6, "expected a number after `result ==`"},

        // Flags
        {"flags has O_FOO", 10, 5, "there is no open flag `O_FOO`"},
        {"flags has O_CREAT|O_FOO", 18, 5, "there is no open flag `O_FOO`"},
        {"flags has O_CREAT|creat", 18, 5, "there is no open flag `creat`"},
        {"flags has O_CREAT|\"O_EXCL\"", 18, 8, "expected an open flag after `|`"},
        {"flags has creat", 10, 5, "expected open flags after `flags has`"},
        {"flags has \"O_CREAT\"", 10, 9, "expected open flags after `flags has`"},
        {"flags has 0", 10, 1, "every open has the flags 0; for the access mode write `O_RDONLY`"},
        {"flags has -1", 10, 2, "expected open flags after `flags has`"},
        {"flags == 0x100000000", 9, 11, "expected open flags after `flags ==`"},
        {"flags has O_WRONLY|O_RDWR", 19, 6,
         "an open has one access mode only; join two comparisons with `or`"},
        {"flags == O_RDONLY|O_CREAT|O_RDONLY", 26, 8,
         "an open has one access mode only; join two comparisons with `or`"},
        {"flags has 1|O_CREAT", 11, 1, "`|` joins open flags only; write `||` or `or`"},
        {"flags has |O_CREAT", 10, 1, "expected open flags after `flags has`"},

        // Sets
        {"comm in", 7, 0, "expected `{` after `comm in`"},
        {"comm in a", 8, 1, "expected `{` after `comm in`"},
        {"comm in (a, b)", 8, 1, "expected `{` after `comm in`"},
        {"comm in {", 9, 0, "expected a text after `comm in {`"},
        {"comm in {}", 9, 1, "expected a text after `comm in {`"},
        {"pid in {}", 8, 1, "expected a number after `pid in {`"},
        {"comm in {a", 10, 0, "expected `,` or `}` in the set of `comm`"},
        {"comm in {a b}", 11, 1, "expected `,` or `}` in the set of `comm`"},
        {"comm in {a,", 11, 0, "expected a text after `,`"},
        {"comm in {a,}", 11, 1, "expected a text after `,`"},
        {"comm in {,a}", 9, 1, "expected a text after `comm in {`"},
        {"pid in {1, x}", 11, 1, "expected a number after `,`"},
        {"flags in {O_CREAT, x}", 19, 1, "expected open flags after `,`"},
        {"comm in {a, and}", 12, 3, "expected a text after `,`; `and` as a text needs quotes"},
        {"pid not in {1}", 11, 1, "a set can stand behind `in` only"},

        // Patterns
        {"name matches \"(\"", 13, 3, "this is no regular expression: the closing `)` is missing"},
        {"name matches \")\"", 13, 3, "this is no regular expression: there is no `(` for a `)`"},
        {"name matches [a", 13, 2, "this is no regular expression: the closing `]` is missing"},
        {"name matches *a", 13, 2, "this is no regular expression: there is nothing to repeat before `*`"},
        {"name matches a\\", 13, 2, "this is no regular expression: it ends with a backslash"},
        {"name matches \\8", 13, 2, "this is no regular expression: there is no escape `\\8`"},
        {"name matches [z-a]", 13, 5, "this is no regular expression: the range `z-a` is not possible"},
        {"name matches \"a{1001}\"", 13, 9,
         "this is no regular expression: the repetition `{1001}` is not possible"},
        {"name matches \"(?=a)\"", 13, 7, "this is no regular expression: RE2 does not know `(?=`"},
        {"name matches ( or name matches )", 13, 1, "expected a text after `name matches`"},
        {"name matches [a or name matches [b", 13, 2,
         "this is no regular expression: the closing `]` is missing"},
        {"name matches \"(abcdefghij){200}\"", 13, 19, "this pattern is too large"},
        {"name matches \"(abcdefghij){50}\" or name matches \"(abcdefghij){40}\"", 48, 18,
         "this pattern is too large"},
        {"a or name glob [a", 15, 2,
         "this glob has a `[` without its `]`; one that is meant is written `\\[`"},
        {"name glob a\\", 10, 2, "this glob ends with a backslash; one that is meant is written twice"},
        {"name glob x[z-a]", 10, 6, "this glob has a range whose end comes before its beginning"},
    };
}

inline QList<WrongFilter> filtersBeyondLimits()
{
    const QByteArray deep = "this is nested more than 64 levels deep";
    const QByteArray many = "there are more than 1000 parts in this filter";
    const QByteArray patterns = "there are more than 8 patterns in this filter";
    return {
        {QByteArray(65, '('), 64, 1, deep, "parentheses"},
        {QByteArray(65, '!') + 'a', 64, 1, deep, "negations"},
        {QByteArray("not (").repeated(33), 160, 3, deep, "both"},

        {QByteArray("a ").repeated(1001), 2000, 1, many, "words"},
        {"pid in {" + QByteArray("1,").repeated(1000) + "1}", 2006, 1, many, "a set"},
        {QByteArray("a ").repeated(1000), 0, 1, many, "the joint is the last part"},

        {QByteArray(4097, 'a'), 0, 4097, "the filter is too long: it has 4097 bytes, and 4096 are the most",
         "bytes"},
        {QByteArray(100'000, ' '), 0, 100'000,
         "the filter is too long: it has 100000 bytes, and 4096 are the most", "bytes that are blank"},
        {QByteArray(2000, '\xff'), 0, 2000,
         "the filter is too long: in canonical form it has 8002 bytes, and 4096 are the most",
         "bytes in canonical form"},

        {QByteArray("name matches x ").repeated(9), 15 * 8 + 13, 1, patterns, "patterns"},
        {QByteArray("name glob a*b ").repeated(9), 14 * 8 + 10, 3, patterns, "globs that are patterns"},
    };
}

} // namespace lunaris::test

#endif
