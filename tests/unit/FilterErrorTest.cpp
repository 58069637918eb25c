// SPDX-License-Identifier: MIT
//
// Filters that are wrong: where, and what is said about it.
#include "dbus/filter/Program.h"

#include <QTest>
#include <QUtf8StringView>
#include <array>

using namespace lunaris::filter;

namespace
{

struct Row {
    const char *text;
    std::size_t position;
    std::size_t length;
    const char *sentence; ///< the whole of it
};

constexpr std::array rows = {
    // What is missing
    Row{"pid ==", 6, 0, "expected a number after `pid ==`"},
    Row{"pid ==  ", 8, 0, "expected a number after `pid ==`"},
    Row{"path ==", 7, 0, "expected a text after `path ==`"},
    Row{"path contains", 13, 0, "expected a text after `path contains`"},
    Row{"flags has", 9, 0, "expected open flags after `flags has`"},
    Row{"flags has O_CREAT|", 18, 0, "expected an open flag after `|`"},
    Row{"a and", 5, 0, "expected a field or a word after `and`"},
    Row{"a &&", 4, 0, "expected a field or a word after `&&`"},
    Row{"a or", 4, 0, "expected a field or a word after `or`"},
    Row{"a ||", 4, 0, "expected a field or a word after `||`"},
    Row{"not", 3, 0, "expected a field or a word after `not`"},
    Row{"!", 1, 0, "expected a field or a word after `!`"},
    Row{"a not", 5, 0, "expected a field or a word after `not`"},
    Row{"(", 1, 0, "expected a field or a word after `(`"},
    Row{"and", 0, 3, "expected a field or a word at the beginning"},
    Row{"or b", 0, 2, "expected a field or a word at the beginning"},
    Row{"|| b", 0, 2, "expected a field or a word at the beginning"},
    Row{"a and and b", 6, 3, "expected a field or a word after `and`"},
    Row{"a or and b", 5, 3, "expected a field or a word after `or`"},
    Row{"a and || b", 6, 2, "expected a field or a word after `and`"},
    Row{"not or", 4, 2, "expected a field or a word after `not`"},
    Row{"()", 1, 1, "expected a field or a word after `(`"},
    Row{"a and ()", 7, 1, "expected a field or a word after `(`"},

    // Parentheses
    Row{"(a", 0, 1, "there is no `)` for this `(`"},
    Row{"a and (b or (c)", 6, 1, "there is no `)` for this `(`"},
    Row{"a)", 1, 1, "there is no `(` for this `)`"},
    Row{"(a))", 3, 1, "there is no `(` for this `)`"},
    Row{")", 0, 1, "expected a field or a word at the beginning"},
    Row{"(a}", 2, 1, "expected `)` before `}`"},
    Row{"(a, b)", 2, 1, "expected `)` before `,`"},
    Row{"(a == b)", 1, 1, "there is no field `a`"},

    // Fields and operators
    Row{"foo == 3", 0, 3, "there is no field `foo`"},
    Row{"a or pth contains x", 5, 3, "there is no field `pth`"},
    Row{"Path == x", 0, 4, "there is no field `Path`"},
    Row{"log in", 0, 3, "there is no field `log`"},
    Row{"in in {a}", 0, 2, "there is no field `in`"},
    Row{"foo < 3", 0, 3, "there is no field `foo`"},
    Row{"a_word_that_is_longer_than_what_is_cited == 1", 0, 40,
        "there is no field `a_word_that_is_longer_than_what_…`"},
    Row{"== 3", 0, 2, "expected a field before `==`"},
    Row{"\"path\" == x", 7, 2, "expected a field before `==`"},
    Row{"a and < 3", 6, 1, "expected a field before `<`"},
    Row{"pid == 1 == 1", 9, 2, "expected a field before `==`"},
    Row{"(pid) == 1", 6, 2, "expected a field before `==`"},
    Row{"path < 5", 5, 1, "`<` is for numbers, not for `path`"},
    Row{"comm >= x", 5, 2, "`>=` is for numbers, not for `comm`"},
    Row{"pid contains 5", 4, 8, "`contains` is for texts, not for `pid`"},
    Row{"uid startswith 1", 4, 10, "`startswith` is for texts, not for `uid`"},
    Row{"mode endswith 4", 5, 8, "`endswith` is for texts, not for `mode`"},
    Row{"port glob 44*", 5, 4, "`glob` is for texts, not for `port`"},
    Row{"bytes matches .", 6, 7, "`matches` is for texts, not for `bytes`"},
    Row{"flags contains O_CREAT", 6, 8, "`contains` is for texts, not for `flags`"},
    Row{"flags < O_CREAT", 6, 1, "`<` is for numbers, not for `flags`"},
    Row{"path has x", 5, 3, "`has` is for `flags` and `mode`, not for `path`"},
    Row{"pid has 1", 4, 3, "`has` is for `flags` and `mode`, not for `pid`"},

    // Signs that mean nothing
    Row{"pid = 5", 4, 1, "`=` compares nothing; write `==`"},
    Row{"=", 0, 1, "`=` compares nothing; write `==`"},
    Row{"pid === 5", 6, 1, "`=` compares nothing; write `==`"},
    Row{"a & b", 2, 1, "`&` joins nothing; write `&&` or `and`"},
    Row{"a | b", 2, 1, "`|` joins open flags only; write `||` or `or`"},
    Row{"| b", 0, 1, "expected a field or a word at the beginning"},
    Row{"a {b}", 2, 1, "a set can stand behind `in` only"},
    Row{"{b}", 0, 1, "expected a field or a word at the beginning"},
    Row{"a }", 2, 1, "did not expect `}` here"},
    Row{"a, b", 1, 1, "did not expect `,` here"},
    Row{"comm == a, b", 9, 1, "did not expect `,` here"},

    // Texts
    Row{"path == )", 8, 1, "expected a text after `path ==`"},
    Row{"path == == x", 8, 2, "expected a text after `path ==`"},
    Row{"path == {a}", 8, 1, "expected a text after `path ==`"},
    Row{"path == (a)", 8, 1, "expected a text after `path ==`"},
    Row{"comm == and", 8, 3, "expected a text after `comm ==`; `and` as a text needs quotes"},
    Row{"comm == not x", 8, 3, "expected a text after `comm ==`; `not` as a text needs quotes"},
    Row{"comm contains or", 14, 2, "expected a text after `comm contains`; `or` as a text needs quotes"},
    Row{"\"a", 0, 2, "the closing quote is missing"},
    Row{"comm == 'a b", 8, 4, "the closing quote is missing"},
    Row{"\"", 0, 1, "the closing quote is missing"},
    Row{"it's", 2, 2, "the closing quote is missing"},
    Row{"\"a\\", 0, 3, "the closing quote is missing"},
    Row{"\"a\\\"", 0, 4, "the closing quote is missing"},
    Row{"\"a\\qb\"", 2, 2, "there is no such escape; a backslash is written `\\\\`"},
    Row{"name matches \"\\.txt\"", 14, 2, "there is no such escape; a backslash is written `\\\\`"},
    Row{"\"\\x4\"", 1, 4, "expected two hexadecimal digits after `\\x`"},
    Row{"\"\\xgg\"", 1, 4, "expected two hexadecimal digits after `\\x`"},
    Row{"\"\\x\"", 1, 3, "expected two hexadecimal digits after `\\x`"},
    Row{"\"\\x4g\"", 1, 4, "expected two hexadecimal digits after `\\x`"},
    Row{"a\x01", 1, 1, "a control character is written `\\xHH`, within quotes"},
    Row{"\x7f", 0, 1, "a control character is written `\\xHH`, within quotes"},
    Row{"\"a\nb\"", 2, 1, "a control character is written `\\xHH`, within quotes"},
    Row{"a\vb", 1, 1, "a control character is written `\\xHH`, within quotes"},

    // Numbers
    Row{"pid == abc", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == \"5\"", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == 5x", 7, 2, "expected a number after `pid ==`"},
    Row{"pid == 1.5", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == 08", 7, 2, "expected a number after `pid ==`"},
    Row{"pid == 0x", 7, 2, "expected a number after `pid ==`"},
    Row{"pid == 0xg", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == -", 7, 1, "expected a number after `pid ==`"},
    Row{"pid == --1", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == +1", 7, 2, "expected a number after `pid ==`"},
    Row{"pid == k", 7, 1, "expected a number after `pid ==`"},
    Row{"pid == 4K", 7, 2, "expected a number after `pid ==`"},
    Row{"pid == 4kk", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == 0x4k", 7, 4, "expected a number after `pid ==`"},
    Row{"pid == 04k", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == ENOENT", 7, 6, "expected a number after `pid ==`"},
    Row{"pid == and", 7, 3, "expected a number after `pid ==`"},
    Row{"pid == )", 7, 1, "expected a number after `pid ==`"},
    Row{"mode has rwx", 9, 3, "expected a number after `mode has`"},
    Row{"bytes > 9223372036854775808", 8, 19, "`9223372036854775808` is too large a number"},
    Row{"bytes > -9223372036854775809", 8, 20, "`-9223372036854775809` is too large a number"},
    Row{"bytes > 8388608T", 8, 8, "`8388608T` is too large a number"},
    Row{"bytes > 0x10000000000000000", 8, 19, "`0x10000000000000000` is too large a number"},
    Row{"bytes > 99999999999999999999999", 8, 23, "`99999999999999999999999` is too large a number"},
    Row{"result == ENOFILE", 10, 7, "there is no errno `ENOFILE`"},
    Row{"result == -ENOENT", 10, 7, "expected a number after `result ==`"},
    Row{"result == enoent", 10, 6, "expected a number after `result ==`"},

    // Flags
    Row{"flags has O_FOO", 10, 5, "there is no open flag `O_FOO`"},
    Row{"flags has O_CREAT|O_FOO", 18, 5, "there is no open flag `O_FOO`"},
    Row{"flags has O_CREAT|creat", 18, 5, "there is no open flag `creat`"},
    Row{"flags has O_CREAT|\"O_EXCL\"", 18, 8, "expected an open flag after `|`"},
    Row{"flags has creat", 10, 5, "expected open flags after `flags has`"},
    Row{"flags has \"O_CREAT\"", 10, 9, "expected open flags after `flags has`"},
    Row{"flags has 0", 10, 1, "every open has the flags 0; for the access mode write `O_RDONLY`"},
    Row{"flags has -1", 10, 2, "expected open flags after `flags has`"},
    Row{"flags == 0x100000000", 9, 11, "expected open flags after `flags ==`"},
    Row{"flags has O_WRONLY|O_RDWR", 19, 6,
        "an open has one access mode only; join two comparisons with `or`"},
    Row{"flags == O_RDONLY|O_CREAT|O_RDONLY", 26, 8,
        "an open has one access mode only; join two comparisons with `or`"},
    Row{"flags has 1|O_CREAT", 11, 1, "`|` joins open flags only; write `||` or `or`"},
    Row{"flags has |O_CREAT", 10, 1, "expected open flags after `flags has`"},

    // Sets
    Row{"comm in", 7, 0, "expected `{` after `comm in`"},
    Row{"comm in a", 8, 1, "expected `{` after `comm in`"},
    Row{"comm in (a, b)", 8, 1, "expected `{` after `comm in`"},
    Row{"comm in {", 9, 0, "expected a text after `comm in {`"},
    Row{"comm in {}", 9, 1, "expected a text after `comm in {`"},
    Row{"pid in {}", 8, 1, "expected a number after `pid in {`"},
    Row{"comm in {a", 10, 0, "expected `,` or `}` in the set of `comm`"},
    Row{"comm in {a b}", 11, 1, "expected `,` or `}` in the set of `comm`"},
    Row{"comm in {a,", 11, 0, "expected a text after `,`"},
    Row{"comm in {a,}", 11, 1, "expected a text after `,`"},
    Row{"comm in {,a}", 9, 1, "expected a text after `comm in {`"},
    Row{"pid in {1, x}", 11, 1, "expected a number after `,`"},
    Row{"flags in {O_CREAT, x}", 19, 1, "expected open flags after `,`"},
    Row{"comm in {a, and}", 12, 3, "expected a text after `,`; `and` as a text needs quotes"},
    Row{"pid not in {1}", 11, 1, "a set can stand behind `in` only"},

    // Patterns
    Row{"name matches \"(\"", 13, 3, "this is no regular expression: the closing `)` is missing"},
    Row{"name matches \")\"", 13, 3, "this is no regular expression: there is no `(` for a `)`"},
    Row{"name matches [a", 13, 2, "this is no regular expression: the closing `]` is missing"},
    Row{"name matches *a", 13, 2, "this is no regular expression: there is nothing to repeat before `*`"},
    Row{"name matches a\\", 13, 2, "this is no regular expression: it ends with a backslash"},
    Row{"name matches \\8", 13, 2, "this is no regular expression: there is no escape `\\8`"},
    Row{"name matches [z-a]", 13, 5, "this is no regular expression: the range `z-a` is not possible"},
    Row{"name matches \"a{1001}\"", 13, 9,
        "this is no regular expression: the repetition `{1001}` is not possible"},
    Row{"name matches \"(?=a)\"", 13, 7, "this is no regular expression: RE2 does not know `(?=`"},
    Row{"name matches ( or name matches )", 13, 1, "expected a text after `name matches`"},
    Row{"name matches [a or name matches [b", 13, 2,
        "this is no regular expression: the closing `]` is missing"},
    Row{"name matches \"(abcdefghij){200}\"", 13, 19, "this pattern is too large"},
    Row{"name matches \"(abcdefghij){50}\" or name matches \"(abcdefghij){40}\"", 48, 18,
        "this pattern is too large"},
    Row{"a or name glob [a", 15, 2,
        "this glob has a `[` without its `]`; one that is meant is written `\\[`"},
    Row{"name glob a\\", 10, 2, "this glob ends with a backslash; one that is meant is written twice"},
    Row{"name glob x[z-a]", 10, 6, "this glob has a range whose end comes before its beginning"},
};

Error problemOf(const std::string &text)
{
    const Result<Expression> parsed = parse(text);
    if (const auto *const error = std::get_if<Error>(&parsed)) {
        return *error;
    }
    const Result<Program> program = Program::compile(std::get<Expression>(parsed));
    const auto *const error = std::get_if<Error>(&program);
    return error != nullptr ? *error : Error{{}, "nothing"};
}

} // namespace

class FilterErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void positions_data();
    void positions();
    void limits_data();
    void limits();
    void theMessageIsOneSentence();
};

void FilterErrorTest::positions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("position");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("sentence");
    for (const Row &row : rows) {
        QTest::addRow("%s", QByteArray(row.text).toPercentEncoding(" /()|&!=<>{},'\"*").constData())
            << QByteArray(row.text) << quint64(row.position) << quint64(row.length)
            << QByteArray(row.sentence);
    }
}

void FilterErrorTest::positions()
{
    QFETCH(QByteArray, text);
    QFETCH(quint64, position);
    QFETCH(quint64, length);
    QFETCH(QByteArray, sentence);
    const Error error = problemOf(text.toStdString());
    QCOMPARE(QByteArray::fromStdString(error.sentence), sentence);
    QCOMPARE(quint64(error.at.position), position);
    QCOMPARE(quint64(error.at.length), length);
}

void FilterErrorTest::limits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("position");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("sentence");

    const QByteArray deep = "this is nested more than 64 levels deep";
    QTest::newRow("parentheses") << QByteArray(65, '(') << quint64(64) << quint64(1) << deep;
    QTest::newRow("negations") << QByteArray(65, '!') + 'a' << quint64(64) << quint64(1) << deep;
    QTest::newRow("both") << QByteArray("not (").repeated(33) << quint64(160) << quint64(3) << deep;

    const QByteArray many = "there are more than 1000 parts in this filter";
    QTest::newRow("words") << QByteArray("a ").repeated(1001) << quint64(2000) << quint64(1) << many;
    QTest::newRow("a set") << "pid in {" + QByteArray("1,").repeated(1000) + "1}" << quint64(2006)
                           << quint64(1) << many;
    QTest::newRow("the joint is the last part")
        << QByteArray("a ").repeated(1000) << quint64(0) << quint64(1) << many;

    QTest::newRow("bytes") << QByteArray(4097, 'a') << quint64(0) << quint64(4097)
                           << QByteArray("the filter is too long: it has 4097 bytes, and 4096 are the most");
    QTest::newRow("bytes that are blank")
        << QByteArray(100'000, ' ') << quint64(0) << quint64(100'000)
        << QByteArray("the filter is too long: it has 100000 bytes, and 4096 are the most");
    QTest::newRow("bytes in canonical form")
        << QByteArray(2000, '\xff') << quint64(0) << quint64(2000)
        << QByteArray("the filter is too long: in canonical form it has 8002 bytes, and 4096 are the most");

    QTest::newRow("patterns") << QByteArray("name matches x ").repeated(9) << quint64(15 * 8 + 13)
                              << quint64(1) << QByteArray("there are more than 8 patterns in this filter");
    QTest::newRow("globs that are patterns")
        << QByteArray("name glob a*b ").repeated(9) << quint64(14 * 8 + 10) << quint64(3)
        << QByteArray("there are more than 8 patterns in this filter");
    QTest::newRow("globs that are none")
        << QByteArray("name glob a* ").repeated(9) << quint64(0) << quint64(0) << QByteArray("nothing");
}

void FilterErrorTest::limits()
{
    positions();
}

void FilterErrorTest::theMessageIsOneSentence()
{
    const Error error = problemOf("uid == 0 or pid == abc");
    QCOMPARE(error.message(), std::string("At byte 19: expected a number after `pid ==`."));
    // What a sentence repeats can be printed and sent, whatever it was.
    const std::string hostile = problemOf("\xff\xe2\x80\xae\x1b == 1").message();
    QVERIFY(QUtf8StringView(hostile.data(), qsizetype(hostile.size())).isValidUtf8());
    const std::string name = problemOf("\xff\xe2\x80\xaeyz == 1").message();
    QCOMPARE(name, std::string("At byte 0: there is no field `\\xff\\xe2\\x80\\xaeyz`."));
}

QTEST_GUILESS_MAIN(FilterErrorTest)
#include "FilterErrorTest.moc"
