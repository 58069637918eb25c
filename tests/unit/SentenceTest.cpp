// SPDX-License-Identifier: MIT
#include "proto/sentence/Sentence.h"

#include <QTest>

using namespace lunaris;

namespace
{

Sentence::Pattern pattern(const char *text)
{
    return {"a context", text};
}

/// A language in which everything is said twice, the last argument first.
std::string doubled(const Sentence &sentence)
{
    return sentence.rendered([](const char *context, const char *text) {
        return std::string(context) == "a context" ? std::string(text) + '/' + text : "another context";
    });
}

} // namespace

class SentenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void english_data();
    void english();
    void inAnotherLanguage();
};

void SentenceTest::english_data()
{
    QTest::addColumn<std::string>("english");
    QTest::addColumn<std::string>("expected");
    const std::string one = "one";
    const auto row = [](const char *name, const Sentence &sentence, const char *expected) {
        QTest::newRow(name) << sentence.english() << std::string(expected);
    };
    row("no argument", pattern("so it is"), "so it is");
    row("as it is", Sentence::asIs("100 %1"), "100 %1");
    row("text and number", {pattern("%1 of %2"), one, 64U}, "one of 64");
    row("a large number", {pattern("%1"), 18'446'744'073'709'551'615U}, "18446744073709551615");
    row("another order, and twice", {pattern("%2, %1, %2"), one, 2U}, "2, one, 2");
    row("at both ends", {pattern("%1%1"), one}, "oneone");
    row("arguments like placeholders", {pattern("%1 %2"), std::string("%2%1"), std::string("%1")}, "%2%1 %1");
    row("an argument of nothing", {pattern("a%1b"), std::string()}, "ab");
    row("nested", {pattern("%1: %2"), one, Sentence(pattern("not %1"), Sentence(pattern("a %1"), 2U))},
        "one: not a 2");
    row("nested, like placeholders", {pattern("%1 %2"), Sentence(pattern("%1"), std::string("%2")), one},
        "%2 one");
    row("no argument for it", {pattern("%1 %2 %0 %01"), one}, "one %2 %0 %01");
    row("none at all", pattern("100 % of %1"), "100 % of %1");
    row("percent at the end", {pattern("%1 %"), one}, "one %");
    row("bytes", {pattern("%1 …"), std::string("\xff")}, "\xff …");
    row("ten",
        {pattern("%10 %9 %8 %7 %6 %5 %4 %3 %2 %1 %11"), 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U,
         std::string("ten")},
        "ten 9 8 7 6 5 4 3 2 1 11");
    row("a digit behind one of nine", {pattern("%10"), one}, "one0");
}

void SentenceTest::english()
{
    QFETCH(std::string, english);
    QTEST(english, "expected");
}

void SentenceTest::inAnotherLanguage()
{
    QCOMPARE(doubled(Sentence(pattern("%1 %2"), std::string("%2"), Sentence(pattern("x%1"), 5U))),
             std::string("%2 x5/x5/%2 x5/x5"));
    QCOMPARE(doubled(Sentence::asIs("%1")), std::string("%1"));
    // Whose translation forgets an argument, or has one too many, still says the rest.
    QCOMPARE(Sentence(pattern("%1"), 5U).rendered([](const char *, const char *) { return "%2"; }),
             std::string("%2"));
    QCOMPARE(Sentence(LUNARIS_SENTENCE("elsewhere", "%1"), 5U).english(), std::string("5"));
    QCOMPARE(doubled(LUNARIS_SENTENCE("elsewhere", "x")), std::string("another context"));
}

QTEST_GUILESS_MAIN(SentenceTest)
#include "SentenceTest.moc"
