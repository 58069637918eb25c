// SPDX-License-Identifier: MIT
//
// Which events a filter passes.
#include "dbus/filter/Program.h"
#include "proto/EventNames.h"

#include <QTest>
#include <array>
#include <cerrno>
#include <fcntl.h>

using namespace lunaris::filter;
namespace type = lunaris::proto::type;

namespace
{

enum Sample : unsigned { Opened = 1, Failed = 2, Written = 4, Started = 8, Exited = 16, Connected = 32 };
constexpr unsigned files = Opened | Failed | Written;
constexpr unsigned withPath = files | Started | Exited;
constexpr unsigned all = withPath | Connected;

EventView sample(unsigned which)
{
    EventMembers members;
    members.pid = 1234;
    members.parentPid = 77;
    members.uid = 1000;
    members.comm = "my program";
    members.application = "org.example.Reader";
    members.subject = "/home/alex/notes.tar.gz";
    switch (which) {
    case Opened:
        members.type = type::fileOpened;
        members.flags = O_WRONLY | O_CREAT | O_CLOEXEC;
        members.mode = 0100644;
        members.value = 3;
        break;
    case Failed:
        members.type = type::fileOpenFailed;
        members.flags = O_RDONLY | O_DIRECTORY;
        members.subject = "/etc/shadow\n";
        members.value = -ENOENT;
        break;
    case Written:
        members.type = type::fileWritten;
        members.mode = 0100600;
        members.value = 5000;
        break;
    case Started:
        members.type = type::processStarted;
        members.subject = "/usr/bin/vim";
        break;
    case Exited:
        members.type = type::processExited;
        members.subject = "/init";
        members.value = -9;
        break;
    default:
        members.type = type::networkConnect;
        members.subject = "192.0.2.1:443";
        members.value = 50123;
        break;
    }
    return EventView(members);
}

struct Row {
    const char *filter;
    unsigned passes; ///< which of the samples
};

constexpr std::array rows = {
    Row{"", all},
    // Words look at three fields
    Row{"notes", Opened | Written},
    Row{"program", all},
    Row{"Reader", all},
    Row{"reader", 0},
    Row{"192.0.2.1", 0},
    Row{"file.opened", 0},
    Row{"\"\"", all},
    Row{"alex program", Opened | Written},

    // Fields, and events that lack them
    Row{"type == file.opened", Opened},
    Row{"type startswith file.", files},
    Row{"type in {process.started, process.exited}", Started | Exited},
    Row{"path == /home/alex/notes.tar.gz", Opened | Written},
    Row{"path != /home/alex/notes.tar.gz", Failed | Started | Exited},
    Row{"not path == /home/alex/notes.tar.gz", Failed | Started | Exited | Connected},
    Row{"path contains \"\"", withPath},
    Row{"path matches \"\"", withPath},
    Row{"path glob *", withPath},
    Row{"name == notes.tar.gz", Opened | Written},
    Row{"name == vim", Started},
    Row{"name != vim", files | Exited},
    Row{"dir == /home/alex", Opened | Written},
    Row{"dir == /", Exited},
    Row{"ext == gz", Opened | Written},
    Row{"ext == \"\"", Failed | Started | Exited},
    Row{"ext != gz", Failed | Started | Exited},
    Row{"comm == \"my program\"", all},
    Row{"comm startswith my", all},
    Row{"comm endswith my", 0},
    Row{"app endswith .Reader", all},
    Row{"addr == 192.0.2.1:443", Connected},
    Row{"addr endswith :443", Connected},
    Row{"addr != x", Connected},
    Row{"port == 50123", Connected},
    Row{"port != 443", Connected},
    Row{"pid == 1234", all},
    Row{"pid in {1, 5000, 1234, 0}", all},
    Row{"pid in {1, 5000}", 0},
    Row{"ppid < 78", all},
    Row{"ppid < 77", 0},
    Row{"ppid <= 77", all},
    Row{"ppid > 76", all},
    Row{"ppid > 77", 0},
    Row{"ppid >= 77", all},
    Row{"uid != 0", all},
    Row{"bytes > 4k", Written},
    Row{"bytes < 4k", 0},
    Row{"bytes >= 0", Written},
    Row{"bytes != 5000", 0},
    Row{"user == alex", 0},
    Row{"age >= 0", 0},
    Row{"not age >= 0", all},

    // Results
    Row{"result == ENOENT", Failed},
    Row{"result == -2", Failed},
    Row{"result == -9", Exited},
    Row{"result < 0", Failed | Exited},
    Row{"result == 3", Opened},
    Row{"result in {ENOENT, 3}", Opened | Failed},
    Row{"result != 3", Failed | Exited},

    // Flags and modes
    Row{"flags has O_WRONLY|O_CREAT", Opened},
    Row{"flags has O_CREAT", Opened},
    Row{"flags has O_CREAT|O_EXCL", 0},
    Row{"flags has O_RDONLY", Failed},
    Row{"flags has O_WRONLY", Opened},
    Row{"flags has O_RDWR", 0},
    Row{"flags has 3", 0},
    Row{"flags has O_RDONLY|O_CREAT", 0},
    Row{"flags has O_DIRECTORY", Failed},
    Row{"flags has O_TMPFILE", 0},
    Row{"flags == O_WRONLY|O_CREAT|O_CLOEXEC", Opened},
    Row{"flags == O_WRONLY", 0},
    Row{"flags != O_WRONLY", Opened | Failed},
    Row{"flags in {O_RDWR, O_DIRECTORY}", Failed},
    Row{"not flags has O_CREAT", all & ~Opened},
    Row{"mode == 0100644", Opened},
    Row{"mode has 0044", Opened},
    Row{"mode has 0600", Opened | Written},
    Row{"mode has 01000", 0},
    Row{"mode < 0100644", Written},

    // Patterns
    Row{"path glob /home/*.gz", Opened | Written},
    Row{"path glob */vim", Started},
    Row{"path glob /usr/*", Started},
    Row{"path glob *alex*", Opened | Written},
    Row{"path glob vim", 0},
    Row{"name glob n?tes.*", Opened | Written},
    Row{"name glob \"[a-n]otes*\"", Opened | Written},
    Row{"name glob \"[!a-m]*\"", withPath & ~Exited},
    Row{"name glob [^n]*", Failed | Started | Exited},
    Row{"name glob notes[.]tar\\.gz", Opened | Written},
    Row{"name glob notes?tar?gz?", 0},
    Row{"path matches ^/home/[a-z]+/", Opened | Written},
    Row{"path matches gz", Opened | Written},
    Row{"path matches ^gz", 0},
    Row{"path matches shadow.$", Failed},
    Row{"path matches shadow$", 0},
    Row{"path matches \"(vim|init)$\"", Started | Exited},
    Row{"path matches \"(?i)VIM\"", Started},

    // Joints
    Row{"type == file.opened or type == file.written", Opened | Written},
    Row{"type == file.opened and uid == 1000", Opened},
    Row{"type == file.opened and uid == 0", 0},
    Row{"type == file.opened or pid == 1234 and uid == 0", Opened},
    Row{"(type == file.opened or pid == 1234) and uid == 0", 0},
    Row{"not type == file.opened and not type == file.written", all & ~(Opened | Written)},
    Row{"not (type == file.opened or type == file.written)", all & ~(Opened | Written)},
    Row{"not (type == file.opened and uid == 0)", all},
    Row{"not not type == file.opened", Opened},
    Row{"!(!(vim or init) and !notes)", Opened | Written | Started | Exited},
};

} // namespace

class FilterProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passes_data();
    void passes();
    void partsOfAPath_data();
    void partsOfAPath();
    void bytesAreBytes();
    void aNewlineHidesNothing();
    void fieldsOfAClient();
    void anOpenWithoutADescriptorHasNoResult();
    void tellsWhatItLooksAt();
    void eightPatternsFit();
};

void FilterProgramTest::passes_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<unsigned>("expected");
    for (const Row &row : rows) {
        QTest::addRow("%s", row.filter) << QByteArray(row.filter) << row.passes;
    }
}

namespace
{

Program programOf(const std::string &filter)
{
    Result<Program> program = Program::compile(std::get<Expression>(parse(filter)));
    return std::move(std::get<Program>(program));
}

EventView pathView(std::string_view path)
{
    EventView view;
    view.setPath(path);
    return view;
}

} // namespace

void FilterProgramTest::passes()
{
    QFETCH(QByteArray, filter);
    QFETCH(unsigned, expected);
    const Program program = programOf(filter.toStdString());
    unsigned passed = 0;
    for (unsigned which = 1; which < all; which <<= 1) {
        passed |= program.passes(sample(which)) ? which : 0;
    }
    QCOMPARE(passed, expected);
}

void FilterProgramTest::partsOfAPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("dir");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("ext");
    QTest::newRow("usual") << QByteArray("/a/b/c.d") << QByteArray("/a/b") << QByteArray("c.d")
                           << QByteArray("d");
    QTest::newRow("two dots") << QByteArray("/a/b.tar.gz") << QByteArray("/a") << QByteArray("b.tar.gz")
                              << QByteArray("gz");
    QTest::newRow("hidden") << QByteArray("/a/.profile") << QByteArray("/a") << QByteArray(".profile")
                            << QByteArray("");
    QTest::newRow("hidden, with one")
        << QByteArray("/a/.x.y") << QByteArray("/a") << QByteArray(".x.y") << QByteArray("y");
    QTest::newRow("a dot in the folder")
        << QByteArray("/a.b/c") << QByteArray("/a.b") << QByteArray("c") << QByteArray("");
    QTest::newRow("a dot at the end")
        << QByteArray("/a/b.") << QByteArray("/a") << QByteArray("b.") << QByteArray("");
    QTest::newRow("root") << QByteArray("/") << QByteArray("/") << QByteArray("") << QByteArray("");
    QTest::newRow("in root") << QByteArray("/x") << QByteArray("/") << QByteArray("x") << QByteArray("");
    QTest::newRow("cut off") << QByteArray("nd/of/it") << QByteArray("nd/of") << QByteArray("it")
                             << QByteArray("");
    QTest::newRow("cut off in its name")
        << QByteArray("ame.txt") << QByteArray("") << QByteArray("ame.txt") << QByteArray("txt");
}

void FilterProgramTest::partsOfAPath()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, dir);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, ext);
    const EventView view = pathView({path.constData(), std::size_t(path.size())});
    QCOMPARE(std::string(view.text(Field::Dir)), dir.toStdString());
    QCOMPARE(std::string(view.text(Field::Name)), name.toStdString());
    QCOMPARE(std::string(view.text(Field::Ext)), ext.toStdString());
}

void FilterProgramTest::bytesAreBytes()
{
    using namespace std::string_view_literals;
    QVERIFY(programOf("path contains \"\\xff\"").passes(pathView("/\xff")));
    QVERIFY(programOf("path contains \"\\x00b\"").passes(pathView("/a\0b"sv)));
    QVERIFY(!programOf("path contains \"\\x00c\"").passes(pathView("/a\0b"sv)));
    QVERIFY(programOf("path glob /?").passes(pathView("/\xff")));
    QVERIFY(!programOf("path glob /?").passes(pathView("/\xc3\xa4")));
    QVERIFY(programOf("path glob /??").passes(pathView("/\xc3\xa4")));
    QVERIFY(programOf("path glob \"/[\\x80-\\xff]x*y?\"").passes(pathView("/\x80x\0yz"sv)));
    QVERIFY(programOf("path matches ^/.$").passes(pathView("/\xff")));
    QVERIFY(programOf("path matches \xc3\xa4$").passes(pathView("/\xc3\xa4")));
    QVERIFY(programOf("path matches \"\\xff$\"").passes(pathView("/\xff")));
}

void FilterProgramTest::aNewlineHidesNothing()
{
    const EventView view = pathView("/home/mallory/a\nb/secret.txt");
    QVERIFY(programOf("path glob /home/*/?*.txt").passes(view));
    QVERIFY(programOf("path matches ^/home/.*\\.txt$").passes(view));
    QVERIFY(!programOf("path matches ^b/").passes(view));
}

void FilterProgramTest::fieldsOfAClient()
{
    EventView view = sample(Opened);
    view.setText(Field::User, "alex");
    view.setNumber(Field::Age, 59);
    QVERIFY(programOf("user == alex and age < 60").passes(view));
    QVERIFY(!programOf("user != alex").passes(view));
    QVERIFY(programOf("user glob a*x age in {58, 59}").passes(view));
}

void FilterProgramTest::anOpenWithoutADescriptorHasNoResult()
{
    EventMembers members;
    members.type = type::fileOpened;
    members.subject = "/x";
    members.value = -1;
    QVERIFY(!programOf("result < 0").passes(EventView(members)));
    QVERIFY(!programOf("result >= 0").passes(EventView(members)));
    members.type = type::fileOpenFailed;
    QVERIFY(programOf("result == EPERM").passes(EventView(members)));
}

void FilterProgramTest::tellsWhatItLooksAt()
{
    FieldSet expected;
    QCOMPARE(programOf("").fields() == expected, true);
    expected.insert(Field::User);
    expected.insert(Field::Pid);
    QCOMPARE(programOf("user == a or not pid in {1}").fields() == expected, true);
    expected = {};
    for (const Field field : {Field::Path, Field::Comm, Field::App}) {
        expected.insert(field);
    }
    QCOMPARE(programOf("user").fields() == expected, true);
}

void FilterProgramTest::eightPatternsFit()
{
    std::string filter;
    for (int count = 0; count < 8; ++count) {
        filter += "path matches \"(?i)\\\\.(jpe?g|png|gif|webp|svg|tiff|bmp)(\\\\.[0-9]{1,3})?$\" ";
    }
    const Program program = programOf(filter);
    QVERIFY(program.passes(pathView("/home/alex/Pictures/Holidays/IMG_0001.JPG.12")));
    QVERIFY(!program.passes(pathView("/home/alex/Pictures/Holidays/IMG_0001.JPG.1234")));
}

QTEST_GUILESS_MAIN(FilterProgramTest)
#include "FilterProgramTest.moc"
