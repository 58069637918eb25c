// SPDX-License-Identifier: MIT
//
// Filters that are right, each with its canonical form, which says how it was understood.
#include "dbus/filter/Expression.h"

#include <QTest>
#include <array>

using namespace lunaris::filter;

namespace
{

struct Row {
    const char *text;
    const char *canonical;
};

constexpr std::array rows = {
    // Nothing, and words
    Row{"", ""},
    Row{" \t\r\n ", ""},
    Row{"notes", "notes"},
    Row{"  notes\t", "notes"},
    Row{"\"notes\"", "notes"},
    Row{"'notes'", "notes"},
    Row{"\"\"", "\"\""},
    Row{"''", "\"\""},
    Row{"/etc/hosts", "/etc/hosts"},
    Row{"*.txt", "*.txt"},
    Row{"a\\b", "a\\b"},
    Row{"\"a\\\\b\"", "a\\b"},
    Row{"b\xc3\xa4r", "b\xc3\xa4r"},
    Row{"[2001:db8::1]:443", "[2001:db8::1]:443"},
    Row{"-5", "-5"},
    Row{"#;?$%+~@^`", "#;?$%+~@^`"},

    // Names and operators as words
    Row{"path", "\"path\""},
    Row{"pid", "\"pid\""},
    Row{"\"pid\"", "\"pid\""},
    Row{"pid comm", "\"pid\" and \"comm\""},
    Row{"path or pid", "\"path\" or \"pid\""},
    Row{"contains", "\"contains\""},
    Row{"in", "\"in\""},
    Row{"has foo", "\"has\" and foo"},
    Row{"glob or matches", "\"glob\" or \"matches\""},
    Row{"(in)", "\"in\""},
    Row{"not in", "not \"in\""},
    Row{"log \"in\"", "log and \"in\""},
    Row{"\"log\" in", "log and \"in\""},
    Row{"\"and\"", "\"and\""},
    Row{"'or' 'not'", "\"or\" and \"not\""},
    Row{"paths pids", "paths and pids"},
    Row{"AND", "AND"},
    Row{"andy orca nothing", "andy and orca and nothing"},
    Row{"EACCES O_RDWR 4k", "EACCES and O_RDWR and 4k"},

    // Texts
    Row{"path == /etc/hosts", "path == /etc/hosts"},
    Row{"path==/etc/hosts", "path == /etc/hosts"},
    Row{"path != '/a b'", "path != \"/a b\""},
    Row{"comm contains \"\"", "comm contains \"\""},
    Row{"comm == in", "comm == in"},
    Row{"comm == path", "comm == path"},
    Row{"comm == \"and\"", "comm == \"and\""},
    Row{"comm contains contains", "comm contains contains"},
    Row{"name startswith .", "name startswith ."},
    Row{"name endswith ~", "name endswith ~"},
    Row{"name glob *.txt", "name glob *.txt"},
    Row{"path glob /home/*/x?", "path glob /home/*/x?"},
    Row{"name glob \"[!a-z]*\"", "name glob \"[!a-z]*\""},
    Row{"name matches \\.txt$", "name matches \\.txt$"},
    Row{"name matches \"\\\\.(txt|md)$\"", "name matches \"\\\\.(txt|md)$\""},
    Row{"dir == /", "dir == /"},
    Row{"ext == txt", "ext == txt"},
    Row{"ext == \"\"", "ext == \"\""},
    Row{"user == alex", "user == alex"},
    Row{"app == org.kde.dolphin", "app == org.kde.dolphin"},
    Row{"addr == 192.0.2.1:443", "addr == 192.0.2.1:443"},
    Row{"type == file.opened", "type == file.opened"},
    Row{"comm == 5", "comm == 5"},
    Row{"comm == \"it's\"", "comm == \"it's\""},
    Row{"comm == 'say \"no\"'", "comm == \"say \\\"no\\\"\""},

    // Escapes
    Row{"\"\\x41\\x42\"", "AB"},
    Row{"\"\\x6a\\x6A\"", "jj"},
    Row{"\"a\\nb\"", "\"a\\x0ab\""},
    Row{"\"\\t\\r\"", "\"\\x09\\x0d\""},
    Row{"\"\\\"\\'\\\\\"", "\"\\\"'\\\\\""},
    Row{"\"\\xff\"", "\"\\xff\""},
    Row{"\"\\x00\"", "\"\\x00\""},
    Row{"\"\\xc3\\xa4\"", "\xc3\xa4"},
    Row{"\xff", "\"\\xff\""},
    Row{"comm == \xe2\x80\xae", "comm == \"\\xe2\\x80\\xae\""}, // it would turn what follows around
    Row{"\"\\x7f\"", "\"\\x7f\""},

    // Numbers
    Row{"pid == 1", "pid == 1"},
    Row{"pid==1", "pid == 1"},
    Row{"pid!=1", "pid != 1"},
    Row{"pid<1", "pid < 1"},
    Row{"pid<=1", "pid <= 1"},
    Row{"pid>1", "pid > 1"},
    Row{"pid>=1", "pid >= 1"},
    Row{"ppid == 0", "ppid == 0"},
    Row{"uid == 0x3e8", "uid == 1000"},
    Row{"uid == 0x3E8", "uid == 1000"},
    Row{"uid == 01750", "uid == 1000"},
    Row{"uid == 00", "uid == 0"},
    Row{"bytes > 4k", "bytes > 4096"},
    Row{"bytes > 1M", "bytes > 1048576"},
    Row{"bytes > 2G", "bytes > 2147483648"},
    Row{"bytes > 1T", "bytes > 1099511627776"},
    Row{"bytes == -0", "bytes == 0"},
    Row{"bytes <= 9223372036854775807", "bytes <= 9223372036854775807"},
    Row{"bytes >= -9223372036854775808", "bytes >= -9223372036854775808"},
    Row{"bytes >= -0x8000000000000000", "bytes >= -9223372036854775808"},
    Row{"bytes < 8388607T", "bytes < 9223370937343148032"},
    Row{"port == 443", "port == 443"},
    Row{"age < 60", "age < 60"},
    Row{"mode == 0100644", "mode == 0100644"},
    Row{"mode == 420", "mode == 0644"},
    Row{"mode has 0111", "mode has 0111"},
    Row{"mode == 0", "mode == 0"},
    Row{"result == 0", "result == 0"},
    Row{"result == -2", "result == -2"},
    Row{"result == ENOENT", "result == ENOENT"},
    Row{"result != EACCES", "result != EACCES"},
    Row{"result >= EHWPOISON", "result >= EHWPOISON"},
    Row{"result == EWOULDBLOCK", "result == EWOULDBLOCK"},
    Row{"result in {ENOENT, -1, EPERM, 0}", "result in {ENOENT, -1, EPERM, 0}"},

    // Flags
    Row{"flags has O_CREAT", "flags has O_CREAT"},
    Row{"flags has O_WRONLY|O_CREAT", "flags has O_WRONLY|O_CREAT"},
    Row{"flags has O_CREAT | O_WRONLY", "flags has O_WRONLY|O_CREAT"},
    Row{"flags has O_RDONLY", "flags has O_RDONLY"},
    Row{"flags has O_RDONLY|O_CLOEXEC", "flags has O_RDONLY|O_CLOEXEC"},
    Row{"flags has O_CREAT|O_CREAT", "flags has O_CREAT"},
    Row{"flags has O_SYNC", "flags has O_SYNC"},
    Row{"flags has O_DSYNC", "flags has O_DSYNC"},
    Row{"flags has O_DSYNC|O_SYNC", "flags has O_SYNC"},
    Row{"flags has O_TMPFILE", "flags has O_TMPFILE"},
    Row{"flags has O_DIRECTORY", "flags has O_DIRECTORY"},
    Row{"flags has 0x40", "flags has O_CREAT"},
    Row{"flags has 1", "flags has O_WRONLY"},
    Row{"flags has 3", "flags has 0x3"},
    Row{"flags has 0x80000000", "flags has 0x80000000"},
    Row{"flags == 0", "flags == O_RDONLY"},
    Row{"flags == O_RDONLY", "flags == O_RDONLY"},
    Row{"flags == O_CREAT", "flags == O_RDONLY|O_CREAT"},
    Row{"flags != O_RDWR|O_EXCL|O_CREAT", "flags != O_RDWR|O_CREAT|O_EXCL"},
    Row{"flags == 0xffffffff", "flags == 0xffffffff"},
    Row{"flags in {O_RDONLY, O_WRONLY|O_TRUNC, 2}", "flags in {O_RDONLY, O_WRONLY|O_TRUNC, O_RDWR}"},
    Row{"flags has O_CREAT||x", "flags has O_CREAT or x"},

    // Sets
    Row{"comm in {a}", "comm in {a}"},
    Row{"comm in {a, b, \"c d\"}", "comm in {a, b, \"c d\"}"},
    Row{"comm in{a,b,'c d'}", "comm in {a, b, \"c d\"}"},
    Row{"comm in { in , \"or\" }", "comm in {in, \"or\"}"},
    Row{"pid in {1, 2, 0x10}", "pid in {1, 2, 16}"},
    Row{"pid in {2, 1, 2}", "pid in {2, 1, 2}"},
    Row{"not comm in {a}", "not comm in {a}"},

    // Joints, and how tight they bind
    Row{"a b", "a and b"},
    Row{"a and b", "a and b"},
    Row{"a && b", "a and b"},
    Row{"a&&b", "a and b"},
    Row{"a\"b\"c", "a and b and c"},
    Row{"a or b", "a or b"},
    Row{"a||b", "a or b"},
    Row{"a b or c d", "a and b or c and d"},
    Row{"a or b c or d", "a or b and c or d"},
    Row{"(a or b) c", "(a or b) and c"},
    Row{"(a or b)(c or d)", "(a or b) and (c or d)"},
    Row{"a and (b and c)", "a and b and c"},
    Row{"((a b) c) d", "a and b and c and d"},
    Row{"a or (b or c)", "a or b or c"},
    Row{"(a and b) or c", "a and b or c"},
    Row{"((((a))))", "a"},
    Row{"not a", "not a"},
    Row{"!a", "not a"},
    Row{"a!b", "a and not b"},
    Row{"! a", "not a"},
    Row{"!!a", "not not a"},
    Row{"not not a", "not not a"},
    Row{"not a b", "not a and b"},
    Row{"not a or b", "not a or b"},
    Row{"not (a or b)", "not (a or b)"},
    Row{"not (a b)", "not (a and b)"},
    Row{"not (a)", "not a"},
    Row{"!(!(a))", "not not a"},
    Row{"not path == /x", "not path == /x"},
    Row{"!path == /x", "not path == /x"},
    Row{"pid == 1 pid == 2", "pid == 1 and pid == 2"},
    Row{"pid==1&&!(uid==0||uid==1)", "pid == 1 and not (uid == 0 or uid == 1)"},
    Row{"a and not b or not c and d", "a and not b or not c and d"},
    Row{"path startswith /home/alex/ and not ext in {tmp, swp, \"part~\"}",
        "path startswith /home/alex/ and not ext in {tmp, swp, part~}"},
    Row{"type == file.open_failed and result == EACCES", "type == file.open_failed and result == EACCES"},
};

} // namespace

class FilterParseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canonicalForm_data();
    void canonicalForm();
    void limitsAreReached();
    void longWordsFit();
    void longFiltersAreWrittenShort_data();
    void longFiltersAreWrittenShort();
};

void FilterParseTest::canonicalForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");
    for (const Row &row : rows) {
        QTest::addRow("%s", QByteArray(row.text).toPercentEncoding(" /()|&!=<>{},'\"*").constData())
            << QByteArray(row.text) << QByteArray(row.canonical);
    }
}

void FilterParseTest::canonicalForm()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, canonical);
    const Result<Expression> parsed = parse(text.toStdString());
    if (const auto *const error = std::get_if<Error>(&parsed)) {
        QFAIL(error->message().c_str());
    }
    const auto &expression = std::get<Expression>(parsed);
    QCOMPARE(QByteArray::fromStdString(print(expression)), canonical);
    const Result<Expression> again = parse(print(expression));
    QVERIFY(std::holds_alternative<Expression>(again));
    QVERIFY(std::get<Expression>(again) == expression);
}

void FilterParseTest::limitsAreReached()
{
    const std::string depth = std::string(maximumDepth, '(') + 'a' + std::string(maximumDepth, ')');
    QVERIFY(std::holds_alternative<Expression>(parse(depth)));
    QVERIFY(std::holds_alternative<Expression>(parse(std::string(maximumDepth, '!') + 'a')));

    std::string nodes = "pid in {1"; // the term, and a member each
    for (std::size_t members = 1; members < maximumNodes - 1; ++members) {
        nodes += ",1";
    }
    QVERIFY(std::holds_alternative<Expression>(parse(nodes + '}')));
}

void FilterParseTest::longWordsFit()
{
    const std::string longest(maximumSize, 'x');
    const Result<Expression> parsed = parse(longest);
    QVERIFY(std::holds_alternative<Expression>(parsed));
    QCOMPARE(print(std::get<Expression>(parsed)), longest);
}

void FilterParseTest::longFiltersAreWrittenShort_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");
    const auto row = [](const char *name, QByteArray piece, int times, QByteArray canonicalPiece) {
        QTest::newRow(name) << piece.repeated(times) + "x" << canonicalPiece.repeated(times) + "x";
    };
    row("just fits", "ab and ", 585, "ab and ");
    row("words", "a ", 998, "a ");
    row("or", "a||", 998, "a||");
    row("not", "!a&&", 499, "!a ");
    row("numbers", "pid==1||", 499, "pid==1||");
    row("groups", "(a||b)c ", 249, "(a||b) c ");
    row("sets", "comm in{a,b,c,d,e}", 199 - 33, "comm in {a,b,c,d,e} ");
    row("negated groups", "!(a||!b)", 199, "!(a||!b) ");
}

void FilterParseTest::longFiltersAreWrittenShort()
{
    canonicalForm();
}

QTEST_GUILESS_MAIN(FilterParseTest)
#include "FilterParseTest.moc"
