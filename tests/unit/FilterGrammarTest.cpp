// SPDX-License-Identifier: MIT
//
// The parser against the grammar as it stands in the manual page: every sentence of it is taken and comes
// back from its canonical form, and the program of it says what its parts say.
#include "dbus/filter/Program.h"
#include "dbus/filter/Symbols.h"
#include "proto/EventNames.h"
#include "tests/unit/Grammar.h"

#include <QFile>
#include <QTest>
#include <QUtf8StringView>
#include <algorithm>

using namespace lunaris;
using namespace lunaris::filter;

namespace
{

constexpr int sentences = 20'000;

std::string oneOf(std::mt19937 &random, const std::vector<std::string> &samples)
{
    return samples[random() % samples.size()];
}

/// The grammar of the page, with what it says in words said in code.
test::Grammar readGrammar()
{
    QFile page(QStringLiteral(MANUAL_PAGE));
    if (!page.open(QIODevice::ReadOnly)) {
        qFatal("there is no manual page");
    }
    test::Grammar grammar(page.readAll().toStdString());
    grammar.setSpecial("word-byte", [](std::mt19937 &random) {
        static constexpr std::string_view excluded = "(){},!=<>&|\"' \x7f";
        char byte = 0;
        do {
            byte = static_cast<char>(0x20 + random() % 0xe0);
        } while (excluded.find(byte) != std::string_view::npos);
        return std::string(1, byte);
    });
    grammar.setSpecial("plain-byte", [](std::mt19937 &random) {
        static constexpr std::string_view excluded = "\"'\\\x7f";
        char byte = 0;
        do {
            byte = static_cast<char>(0x20 + random() % 0xe0);
        } while (excluded.find(byte) != std::string_view::npos);
        return std::string(1, byte);
    });
    grammar.setSpecial("glob", [](std::mt19937 &random) {
        return oneOf(random,
                     {"*", "*.txt", "/home/*", "*a*", "\"?\"", "[a-z]", "'[!x]*'", "\\*", "[]]", "\"\""});
    });
    grammar.setSpecial("regular-expression", [](std::mt19937 &random) {
        return oneOf(random, {"^/home", ".", "'(a|b)+$'", "\\.txt$", "\"[0-9]{2,3}\"", "\"\"", "\"\\xff\""});
    });
    grammar.setSpecial("flag-number", [](std::mt19937 &random) {
        return oneOf(random, {"1", "0x8241", "0101", "4294967295", "3", "0x80000000"});
    });
    grammar.setSpecial("errno", [](std::mt19937 &random) {
        const std::vector<std::string_view> names = errnoNames();
        return std::string(names[random() % names.size()]);
    });
    // Between the lines of the rules: keywords are no texts, and what looks like a field or an operator
    // would be one in some places.
    grammar.setCheck("text", [](const std::string &text) {
        return !isKeyword(text) && !fieldNamed(text) && !operatorWord(text);
    });
    return grammar;
}

/// What the node says of the event, by the rules of logic and by programs of its leaves.
bool evaluate(const Node &node, const EventView &event)
{
    const auto child = [&event](const Node &each) { return evaluate(each, event); };
    switch (node.kind) {
    case Node::Kind::Everything:
        return true;
    case Node::Kind::And:
        return std::all_of(node.children.begin(), node.children.end(), child);
    case Node::Kind::Or:
        return std::any_of(node.children.begin(), node.children.end(), child);
    case Node::Kind::Not:
        return !child(node.children.front());
    case Node::Kind::Comparison:
    case Node::Kind::Word:
        break;
    }
    const Result<Program> program = Program::compile({node});
    return std::get<Program>(program).passes(event);
}

EventView someEvent()
{
    EventMembers members;
    members.type = proto::type::fileOpened;
    members.pid = 7;
    members.comm = "a";
    members.application = "b";
    members.subject = "/home/x.txt";
    members.flags = 0x8241;
    members.mode = 0100644;
    return EventView(members);
}

} // namespace

class FilterGrammarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentencesAreTaken();
    void mutilatedSentencesDoNoHarm();
    void flagsAreTheOnesOfTheGrammar();
};

void FilterGrammarTest::sentencesAreTaken()
{
    const test::Grammar grammar = readGrammar();
    QVERIFY2(grammar.problem().empty(), grammar.problem().c_str());
    std::mt19937 random(20'261'120); // NOLINT: the same sentences each time
    const EventView event = someEvent();
    int passed = 0;
    int large = 0;
    for (int count = 0; count < sentences; ++count) {
        const std::string text = grammar.sentence("filter", random);
        const QByteArray shown = QByteArray::fromStdString(text).toPercentEncoding(" /()|&!=<>{},'\"*");
        const Result<Expression> parsed = parse(text);
        if (const auto *const error = std::get_if<Error>(&parsed)) {
            // The rules know no limits.
            const bool limit = error->sentence.english().find("too long") != std::string::npos;
            QVERIFY2(limit, (shown + "\n" + error->message().c_str()).constData());
            ++large;
            continue;
        }
        const auto &expression = std::get<Expression>(parsed);
        const std::string canonical = print(expression);
        QVERIFY2(QUtf8StringView(canonical.data(), qsizetype(canonical.size())).isValidUtf8(),
                 shown.constData());
        const Result<Expression> again = parse(canonical);
        QVERIFY2(std::holds_alternative<Expression>(again), shown.constData());
        QVERIFY2(std::get<Expression>(again) == expression, shown.constData());
        QCOMPARE(print(std::get<Expression>(again)), canonical);

        const Result<Program> program = Program::compile(expression);
        if (const auto *const error = std::get_if<Error>(&program)) {
            QVERIFY2(error->sentence.english().find("more than 8 patterns") != std::string::npos,
                     shown.constData());
            continue;
        }
        const bool passes = std::get<Program>(program).passes(event);
        QVERIFY2(passes == evaluate(expression.root, event), shown.constData());
        passed += passes ? 1 : 0;
    }
    // Were it always the same answer, or were nearly all too long, little would have been tried.
    QVERIFY2(passed > sentences / 10 && passed < sentences * 9 / 10, QByteArray::number(passed));
    QVERIFY2(large < sentences / 100, QByteArray::number(large));
    QCOMPARE(grammar.uses().size(), grammar.ruleCount());
}

void FilterGrammarTest::mutilatedSentencesDoNoHarm()
{
    const test::Grammar grammar = readGrammar();
    std::mt19937 random(20'261'121); // NOLINT
    static constexpr std::string_view pieces = "(){},!=<>&|\"'\\ anotrinx0E\n\x01\xff";
    int wrong = 0;
    for (int count = 0; count < sentences; ++count) {
        std::string text = grammar.sentence("filter", random);
        for (std::size_t change = 0; change < 1 + random() % 3; ++change) {
            const std::size_t at = text.empty() ? 0 : random() % text.size();
            const char byte = pieces[random() % pieces.size()];
            switch (random() % 3) {
            case 0:
                text.insert(at, 1, byte);
                break;
            case 1:
                text.erase(at, 1 + random() % 8);
                break;
            default:
                text.replace(at, 1, 1, byte);
                break;
            }
        }
        const QByteArray shown = QByteArray::fromStdString(text).toPercentEncoding(" /()|&!=<>{},'\"*");
        const Result<Expression> parsed = parse(text);
        if (const auto *const expression = std::get_if<Expression>(&parsed)) {
            const Result<Expression> again = parse(print(*expression));
            QVERIFY2(std::holds_alternative<Expression>(again), shown.constData());
            QVERIFY2(std::get<Expression>(again) == *expression, shown.constData());
        } else {
            const Error &error = std::get<Error>(parsed);
            QVERIFY2(error.at.end() <= text.size(), shown.constData());
            QVERIFY2(!error.sentence.english().empty(), shown.constData());
            ++wrong;
        }
    }
    QVERIFY2(wrong > sentences / 4 && wrong < sentences, QByteArray::number(wrong));
}

void FilterGrammarTest::flagsAreTheOnesOfTheGrammar()
{
    QFile page(QStringLiteral(MANUAL_PAGE));
    QVERIFY(page.open(QIODevice::ReadOnly));
    const QByteArray text = page.readAll().replace("\\-", "-");
    for (const std::string_view name : openFlagNames()) {
        QVERIFY2(text.contains('"' + QByteArray(name.data(), qsizetype(name.size())) + '"'), name.data());
    }
    for (const std::string_view name : fieldNames) {
        QVERIFY2(text.contains('"' + QByteArray(name.data()) + '"'), name.data());
    }
    for (const std::string_view name : operatorSpellings) {
        QVERIFY2(text.contains('"' + QByteArray(name.data()) + '"'), name.data());
    }
}

QTEST_GUILESS_MAIN(FilterGrammarTest)
#include "FilterGrammarTest.moc"
