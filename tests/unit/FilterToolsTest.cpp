// SPDX-License-Identifier: MIT
//
// What is built around filters: completion, filters made of an event's values, and what a client does to
// a filter before it subscribes.
#include "dbus/filter/Completion.h"
#include "dbus/filter/Program.h"
#include "dbus/filter/ValueFilter.h"
#include "proto/EventNames.h"

#include <QStringList>
#include <QTest>
#include <cerrno>
#include <limits>

using namespace lunaris::filter;
namespace type = lunaris::proto::type;

namespace
{

const QString terms = QStringLiteral(
    "type path name dir ext user comm app addr pid ppid uid flags mode result bytes port age not (");
const QString textSigns = QStringLiteral("== != contains startswith endswith glob matches in");
const QString numberSigns = QStringLiteral("== != < <= > >= in");
const QString types =
    QStringLiteral("file.opened file.open_failed file.written process.started process.exited "
                   "network.connect network.accept");

EventView viewOf(Field field, const std::string &text)
{
    EventView view;
    view.setText(field, text);
    return view;
}

Program programOf(const std::string &filter)
{
    return std::get<Program>(Program::compile(std::get<Expression>(parse(filter))));
}

std::optional<std::uint32_t> uidOf(const std::string &name)
{
    return name == "root" ? std::optional(0U) : name == "alex" ? std::optional(1000U) : std::nullopt;
}

} // namespace

class FilterToolsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completes_data();
    void completes();
    void whatIsProposedCanBeTaken();
    void onlyAndNotThisValue_data();
    void onlyAndNotThisValue();
    void thisValueSelects_data();
    void thisValueSelects();
    void noFilterWithoutAValue();
    void usersBecomeUids_data();
    void usersBecomeUids();
    void theHelperRefuses_data();
    void theHelperRefuses();
};

void FilterToolsTest::completes_data()
{
    QTest::addColumn<QByteArray>("text"); // ^ is the cursor
    QTest::addColumn<int>("from");
    QTest::addColumn<QString>("candidates");

    QTest::newRow("nothing") << QByteArray("^") << 0 << terms;
    QTest::newRow("a field begun") << QByteArray("p^") << 0 << QStringLiteral("path pid ppid port");
    QTest::newRow("the cursor within a word")
        << QByteArray("p^ath") << 0 << QStringLiteral("path pid ppid port");
    QTest::newRow("a field") << QByteArray("pid^") << 0 << QStringLiteral("pid");
    QTest::newRow("after a field of text")
        << QByteArray("path ^") << 5 << textSigns + QStringLiteral(" and or ") + terms;
    QTest::newRow("after a field of numbers")
        << QByteArray("pid ^") << 4 << numberSigns + QStringLiteral(" and or ") + terms;
    QTest::newRow("after flags") << QByteArray("flags ^") << 6
                                 << QStringLiteral("== != in has and or ") + terms;
    QTest::newRow("an operator begun") << QByteArray("path st^") << 5 << QStringLiteral("startswith");
    QTest::newRow("operator or field") << QByteArray("path e^") << 5 << QStringLiteral("endswith ext");
    QTest::newRow("a type") << QByteArray("type == ^") << 8 << types;
    QTest::newRow("a type begun") << QByteArray("type == file.o^") << 8
                                  << QStringLiteral("file.opened file.open_failed");
    QTest::newRow("a type in a set") << QByteArray("type in {file.opened, n^") << 22
                                     << QStringLiteral("network.connect network.accept");
    QTest::newRow("a flag begun") << QByteArray("flags has O_D^") << 10
                                  << QStringLiteral("O_DSYNC O_DIRECT O_DIRECTORY");
    QTest::newRow("the next flag begun")
        << QByteArray("flags has O_CREAT|O_E^") << 18 << QStringLiteral("O_EXCL");
    QTest::newRow("after a flag") << QByteArray("flags has O_CREAT ^") << 18
                                  << QStringLiteral("| and or ") + terms;
    QTest::newRow("an errno begun") << QByteArray("result == ENOE^") << 10
                                    << QStringLiteral("ENOENT ENOEXEC");
    QTest::newRow("a set") << QByteArray("comm in ^") << 8 << QStringLiteral("{");
    QTest::newRow("in a set") << QByteArray("comm in {a ^") << 11 << QStringLiteral(", }");
    QTest::newRow("any text") << QByteArray("comm == ^") << 8 << QString();
    QTest::newRow("any number") << QByteArray("pid == ^") << 7 << QString();
    QTest::newRow("after a term") << QByteArray("pid == 1 ^") << 9 << QStringLiteral("and or ") + terms;
    QTest::newRow("after a joint") << QByteArray("a and ^") << 6 << terms;
    QTest::newRow("a joint begun") << QByteArray("a an^") << 2 << QStringLiteral("and");
    QTest::newRow("after not") << QByteArray("not ^") << 4 << terms;
    QTest::newRow("after (") << QByteArray("(^") << 1 << terms;
    QTest::newRow("in parentheses") << QByteArray("(pid == 1 ^") << 10
                                    << QStringLiteral("and or ") + terms + QStringLiteral(" )");
    QTest::newRow("nothing fits") << QByteArray("zzz^") << 0 << QString();
    QTest::newRow("wrong before") << QByteArray("pid == x and p^") << 13 << QString();
    QTest::newRow("wrong behind") << QByteArray("p^ == == ==") << 0 << QStringLiteral("path pid ppid port");
    QTest::newRow("within quotes") << QByteArray("comm == \"p^") << 10 << QString();
}

void FilterToolsTest::completes()
{
    QFETCH(QByteArray, text);
    QFETCH(int, from);
    QFETCH(QString, candidates);
    const std::size_t cursor = std::size_t(text.indexOf('^'));
    text.remove(qsizetype(cursor), 1);
    const Completion completion = complete(text.toStdString(), cursor);
    QStringList proposed;
    for (const std::string &candidate : completion.candidates) {
        proposed.append(QString::fromStdString(candidate));
    }
    QCOMPARE(proposed.join(u' '), candidates);
    QCOMPARE(int(completion.from), from);
}

void FilterToolsTest::whatIsProposedCanBeTaken()
{
    // Each of them leaves a filter that is right up to there: nothing is wrong before its end.
    for (const std::string start :
         {"", "path ", "pid ", "flags ", "mode ", "type == ", "flags has ", "flags has O_CREAT ",
          "result in {", "comm in ", "comm in {a ", "(pid == 1 ", "not ", "a or "}) {
        const Completion completion = complete(start, start.size());
        QVERIFY(!completion.candidates.empty());
        for (const std::string &candidate : completion.candidates) {
            const std::string text = start + candidate;
            const Result<Expression> parsed = parse(text);
            const auto *const error = std::get_if<Error>(&parsed);
            const bool unfinished =
                error != nullptr &&
                (error->at.length == 0 || error->sentence.english() == "there is no `)` for this `(`");
            QVERIFY2(error == nullptr || unfinished, text.c_str());
        }
    }
}

void FilterToolsTest::onlyAndNotThisValue_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("only");
    QTest::newRow("plain") << int(Field::Comm) << QByteArray("vim") << QByteArray("comm == vim");
    QTest::newRow("blank") << int(Field::Comm) << QByteArray("my program")
                           << QByteArray("comm == \"my program\"");
    QTest::newRow("empty") << int(Field::Ext) << QByteArray("") << QByteArray("ext == \"\"");
    QTest::newRow("keyword") << int(Field::Comm) << QByteArray("not") << QByteArray("comm == \"not\"");
    QTest::newRow("field") << int(Field::Comm) << QByteArray("path") << QByteArray("comm == path");
    QTest::newRow("quotes") << int(Field::Path) << QByteArray("/a\"b'c")
                            << QByteArray("path == \"/a\\\"b'c\"");
    QTest::newRow("backslash and blank")
        << int(Field::Path) << QByteArray("/a\\ b") << QByteArray("path == \"/a\\\\ b\"");
    QTest::newRow("an end in disguise") << int(Field::Path) << QByteArray("/a\" or uid == 0 or \"")
                                        << QByteArray("path == \"/a\\\" or uid == 0 or \\\"\"");
    QTest::newRow("newline") << int(Field::Path) << QByteArray("/a\nb") << QByteArray("path == \"/a\\x0ab\"");
    QTest::newRow("no UTF-8") << int(Field::Path) << QByteArray("/\xff") << QByteArray("path == \"/\\xff\"");
    QTest::newRow("UTF-8") << int(Field::Path) << QByteArray("/\xc3\xa4") << QByteArray("path == /\xc3\xa4");
    QTest::newRow("a star is a star") << int(Field::Name) << QByteArray("*") << QByteArray("name == *");
    QTest::newRow("address") << int(Field::Addr) << QByteArray("[::1]:80") << QByteArray("addr == [::1]:80");
}

void FilterToolsTest::onlyAndNotThisValue()
{
    QFETCH(int, field);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, only);
    const auto asked = static_cast<Field>(field);
    const std::string text = value.toStdString();
    const EventView kept = viewOf(asked, text);
    QCOMPARE(QByteArray::fromStdString(onlyThisValue(asked, kept).value_or("")), only);
    QCOMPARE(QByteArray::fromStdString(notThisValue(asked, kept).value_or("")), "not " + only);
    const std::string other = text + 'x';
    QVERIFY(programOf(*onlyThisValue(asked, kept)).passes(kept));
    QVERIFY(!programOf(*onlyThisValue(asked, kept)).passes(viewOf(asked, other)));
    QVERIFY(!programOf(*notThisValue(asked, kept)).passes(kept));
    QVERIFY(programOf(*notThisValue(asked, kept)).passes(viewOf(asked, other)));
    // What lacks the field has another value, in a manner of speaking.
    QVERIFY(programOf(*notThisValue(asked, kept)).passes(EventView()));
}

void FilterToolsTest::thisValueSelects_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QByteArray>("only");
    const auto opened = QByteArray(type::fileOpened.data());
    const auto failed = QByteArray(type::fileOpenFailed.data());
    const auto exited = QByteArray(type::processExited.data());
    QTest::newRow("pid") << int(Field::Pid) << opened << qint64(4294967295)
                         << QByteArray("pid == 4294967295");
    QTest::newRow("flags") << int(Field::Flags) << opened << qint64(0x241)
                           << QByteArray("flags == O_WRONLY|O_CREAT|O_TRUNC");
    QTest::newRow("flags 0") << int(Field::Flags) << opened << qint64(0) << QByteArray("flags == O_RDONLY");
    QTest::newRow("flags without names")
        << int(Field::Flags) << opened << qint64(0x80000001) << QByteArray("flags == 0x80000001");
    QTest::newRow("mode") << int(Field::Mode) << opened << qint64(0100644) << QByteArray("mode == 0100644");
    QTest::newRow("descriptor") << int(Field::Result) << opened << qint64(3) << QByteArray("result == 3");
    QTest::newRow("errno") << int(Field::Result) << failed << qint64(-EACCES)
                           << QByteArray("result == EACCES");
    QTest::newRow("no errno") << int(Field::Result) << failed << qint64(-4000)
                              << QByteArray("result == -4000");
    QTest::newRow("signal") << int(Field::Result) << exited << qint64(-9) << QByteArray("result == -9");
    QTest::newRow("smallest") << int(Field::Result) << failed << std::numeric_limits<qint64>::min()
                              << QByteArray("result == -9223372036854775808");
    QTest::newRow("bytes") << int(Field::Bytes) << opened << qint64(4096) << QByteArray("bytes == 4096");
}

void FilterToolsTest::thisValueSelects()
{
    QFETCH(int, field);
    QFETCH(QByteArray, type);
    QFETCH(qint64, value);
    QFETCH(QByteArray, only);
    EventView event;
    const std::string typeText = type.toStdString();
    event.setText(Field::Type, typeText);
    event.setNumber(static_cast<Field>(field), value);
    QCOMPARE(QByteArray::fromStdString(onlyThisValue(static_cast<Field>(field), event).value_or("")), only);
    QVERIFY(programOf(only.toStdString()).passes(event));
    QVERIFY(!programOf(*notThisValue(static_cast<Field>(field), event)).passes(event));
}

void FilterToolsTest::noFilterWithoutAValue()
{
    QVERIFY(!onlyThisValue(Field::Path, EventView()));
    QVERIFY(!notThisValue(Field::Pid, EventView()));
    // Too long to be written as a filter.
    const std::string path(4095, '\xff');
    QVERIFY(!onlyThisValue(Field::Path, viewOf(Field::Path, path)));
    QVERIFY(!notThisValue(Field::Path, viewOf(Field::Path, path)));
}

void FilterToolsTest::usersBecomeUids_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<QByteArray>("rewritten"); // or the message
    QTest::newRow("none") << QByteArray("comm == a") << QByteArray("comm == a");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("the word") << QByteArray("user") << QByteArray("\"user\"");
    QTest::newRow("equal") << QByteArray("user == alex") << QByteArray("uid == 1000");
    QTest::newRow("different") << QByteArray("user != root") << QByteArray("uid != 0");
    QTest::newRow("set") << QByteArray("user in {root, alex}") << QByteArray("uid in {0, 1000}");
    QTest::newRow("deep down") << QByteArray("not (a or user == root and b)")
                               << QByteArray("not (a or uid == 0 and b)");
    QTest::newRow("a number") << QByteArray("user == 4711") << QByteArray("uid == 4711");
    QTest::newRow("unknown") << QByteArray("user == mallory")
                             << QByteArray("At byte 8: there is no user `mallory`.");
    QTest::newRow("unknown in a set")
        << QByteArray("user in {root, mallory}") << QByteArray("At byte 15: there is no user `mallory`.");
    QTest::newRow("too large a number")
        << QByteArray("user == 4294967296") << QByteArray("At byte 8: there is no user `4294967296`.");
    QTest::newRow("negative") << QByteArray("user == -1") << QByteArray("At byte 8: there is no user `-1`.");
    QTest::newRow("part of a name")
        << QByteArray("a user contains al")
        << QByteArray(
               "At byte 2: `user` can be compared with whole names only (`==`, `!=` and `in`) when the "
               "helper is to choose the events.");
}

void FilterToolsTest::usersBecomeUids()
{
    QFETCH(QByteArray, filter);
    QFETCH(QByteArray, rewritten);
    const auto expression = std::get<Expression>(parse(filter.toStdString()));
    const Result<Expression> result = withUidForUser(expression, uidOf);
    const auto *const error = std::get_if<Error>(&result);
    QCOMPARE(QByteArray::fromStdString(error ? error->message() : print(std::get<Expression>(result))),
             rewritten);
    if (error == nullptr) {
        const auto &after = std::get<Expression>(result);
        QVERIFY(!problemInSubscription(after));
        QVERIFY(std::get<Expression>(parse(print(after))) == after);
    }
}

void FilterToolsTest::theHelperRefuses_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<int>("position"); // -1: it does not
    QTest::newRow("empty") << QByteArray("") << -1;
    QTest::newRow("others") << QByteArray("uid == 0 or pid == 1") << -1;
    QTest::newRow("words") << QByteArray("user age") << -1;
    QTest::newRow("user") << QByteArray("uid == 0 or not user == root") << 16;
    QTest::newRow("age") << QByteArray("a (b or age < 5)") << 8;
    QTest::newRow("age in a set") << QByteArray("age in {1}") << 0;
    QTest::newRow("the first of both") << QByteArray("age < 5 and user == a") << 0;
}

void FilterToolsTest::theHelperRefuses()
{
    QFETCH(QByteArray, filter);
    QFETCH(int, position);
    const auto problem = problemInSubscription(std::get<Expression>(parse(filter.toStdString())));
    QCOMPARE(problem ? int(problem->at.position) : -1, position);
}

QTEST_GUILESS_MAIN(FilterToolsTest)
#include "FilterToolsTest.moc"
