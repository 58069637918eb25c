// SPDX-License-Identifier: MIT
#include "helper/identity/CgroupTree.h"

#include <QByteArray>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr std::uint32_t pid = 4242;
const std::string editor = "/user.slice/app-gnome-org.example.Editor-7.scope";

/// A root directory with as much of /proc and /sys in it as a test wants.
class FakeRoot
{
public:
    FakeRoot() : m_path(m_directory.path().toStdString()) { write("/proc/self/cgroup", "0::/\n"); }

    std::string path() const { return m_path; }

    void write(const std::string &path, const std::string &contents) const
    {
        std::filesystem::create_directories(std::filesystem::path(m_path + path).parent_path());
        std::ofstream(m_path + path, std::ios::binary) << contents;
    }
    void writeProcess(const std::string &cgroups, std::uint32_t process = pid) const
    {
        write("/proc/" + std::to_string(process) + "/cgroup", cgroups);
    }

    /// A version 2 hierarchy, and a cgroup in it: its id.
    void mount(const std::string &place = "/sys/fs/cgroup") const
    {
        write(place + "/cgroup.controllers", "cpu\n");
    }
    std::uint64_t make(const std::string &cgroup, const std::string &place = "/sys/fs/cgroup") const
    {
        std::filesystem::create_directories(m_path + place + cgroup);
        struct stat facts {
        };
        return stat((m_path + place + cgroup).c_str(), &facts) == 0 ? facts.st_ino : 0;
    }

private:
    QTemporaryDir m_directory;
    const std::string m_path;
};

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class CgroupTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProcessTellsItsCgroup_data();
    void aProcessTellsItsCgroup();
    void aProcessThatHasMovedTellsNothing();
    void aProcessThatIsGone();
    void whatProcSaysIsChecked_data();
    void whatProcSaysIsChecked();
    void aPathOutOfTheMountIsRefused();
    void aSearchKnowsAll();
    void aSearchRemembersWhatItMet();
    void aSearchIsBounded();
    void withoutVersionTwo();
    void namedHierarchy_data();
    void namedHierarchy();
    void namesOfAProcess();
    void aStartTells_data();
    void aStartTells();
    void theRunningSystem();
};

void CgroupTreeTest::aProcessTellsItsCgroup_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("unified") << QByteArray("/sys/fs/cgroup") << QByteArray("0::%1\n");
    QTest::newRow("no newline at the end") << QByteArray("/sys/fs/cgroup") << QByteArray("0::%1");
    QTest::newRow("hybrid") << QByteArray("/sys/fs/cgroup/unified")
                            << QByteArray("12:pids:/other\n11:cpu,cpuacct:/\n1:name=systemd:/a\n0::%1\n");
}

void CgroupTreeTest::aProcessTellsItsCgroup()
{
    QFETCH(QByteArray, place);
    QFETCH(QByteArray, contents);
    const FakeRoot root;
    root.mount(place.toStdString());
    const std::uint64_t id = root.make(editor, place.toStdString());
    root.writeProcess(contents.replace("%1", bytes(editor)).toStdString());
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.pathOf(id, pid)), bytes(editor));
    QCOMPARE(bytes(CgroupTree(root.path() + "/").pathOf(id, pid)), bytes(editor));
}

void CgroupTreeTest::aProcessThatHasMovedTellsNothing()
{
    const FakeRoot root;
    root.mount();
    const std::uint64_t id = root.make(editor);
    root.make("/session-2.scope");
    root.writeProcess("0::/session-2.scope\n");
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.pathOf(id, pid)), QByteArray());
    QCOMPARE(bytes(tree.searchFor(id)), bytes(editor));
}

void CgroupTreeTest::aProcessThatIsGone()
{
    const FakeRoot root;
    root.mount();
    const std::uint64_t id = root.make(editor);
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.pathOf(id, pid)), QByteArray());
    QCOMPARE(bytes(tree.searchFor(id)), bytes(editor));
}

void CgroupTreeTest::whatProcSaysIsChecked_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no version 2") << QByteArray("1:name=systemd:/user.slice\n");
    QTest::newRow("no path") << QByteArray("0::\n");
    QTest::newRow("relative") << QByteArray("0::user.slice\n");
    QTest::newRow("deleted") << QByteArray("0::") + bytes(editor) + " (deleted)\n";
    QTest::newRow("not there") << QByteArray("0::/gone\n");
    QTest::newRow("too long") << QByteArray("0::/") + QByteArray(70'000, 'x') + "\n";
    QTest::newRow("a path that no system call takes") << QByteArray("0::/") + QByteArray(8000, 'x') + "\n";
    QTest::newRow("a NUL") << QByteArray("0::/user.slice\0x\n", 17);
    QTest::newRow("bytes") << QByteArray("\xff\xfe\n\n::\n:\n0:\n");
}

void CgroupTreeTest::whatProcSaysIsChecked()
{
    QFETCH(QByteArray, contents);
    const FakeRoot root;
    root.mount();
    const std::uint64_t id = root.make("/user.slice");
    root.writeProcess(contents.toStdString());
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.pathOf(id, pid)), QByteArray());
}

void CgroupTreeTest::aPathOutOfTheMountIsRefused()
{
    // As it looks from a cgroup namespace below; the number may be any file's.
    const FakeRoot root;
    root.mount();
    const std::uint64_t id = root.make("/../elsewhere");
    CgroupTree tree(root.path());
    for (const char *path : {"/../elsewhere", "/x/../../elsewhere", "/.."}) {
        root.make("/x");
        root.writeProcess("0::" + std::string(path) + "\n");
        QCOMPARE(bytes(tree.pathOf(id, pid)), QByteArray());
    }
    // A link is none of the kernel's.
    std::filesystem::create_directory_symlink(root.path() + "/sys/fs/elsewhere",
                                              root.path() + "/sys/fs/cgroup/link");
    root.writeProcess("0::/link\n");
    QCOMPARE(bytes(tree.pathOf(id, pid)), QByteArray());
    QCOMPARE(bytes(tree.searchFor(id)), QByteArray());
}

void CgroupTreeTest::aSearchKnowsAll()
{
    const FakeRoot root;
    root.mount();
    std::map<std::uint64_t, std::string> made{{root.make(""), "/"}};
    for (const char *path : {"/init.scope", "/system.slice", "/system.slice/a.service", "/user.slice",
                             "/user.slice/user-1000.slice", "/user.slice/user-1000.slice/b\\x2dc.scope",
                             "/user.slice/user-1000.slice/\xff"}) {
        made[root.make(path)] = path;
    }
    root.write("/sys/fs/cgroup/system.slice/cgroup.procs", "");
    CgroupTree tree(root.path());
    for (const auto &[id, path] : made) {
        QCOMPARE(bytes(tree.searchFor(id)), bytes(path));
    }
    QCOMPARE(bytes(tree.searchFor(1)), QByteArray());
    QCOMPARE(bytes(tree.searchFor(0)), QByteArray());
    QCOMPARE(bytes(tree.searchFor(UINT64_MAX)), QByteArray());
}

void CgroupTreeTest::aSearchRemembersWhatItMet()
{
    const FakeRoot root;
    root.mount();
    const std::uint64_t first = root.make("/a");
    const std::uint64_t second = root.make("/b");
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.pathOf(second, pid)), QByteArray());
    tree.searchFor(first);
    QCOMPARE(bytes(tree.pathOf(second, pid)), QByteArray("/b"));
}

void CgroupTreeTest::aSearchIsBounded()
{
    const FakeRoot root;
    root.mount();
    root.make("/a");
    const std::uint64_t near = root.make("/z/near");
    std::uint64_t last = 0;
    for (int i = 0; i < 60; ++i) {
        last = root.make("/a/" + std::to_string(i) + "/deep");
    }
    CgroupTree tree(root.path(), 20);
    QCOMPARE(bytes(tree.searchFor(near)), QByteArray("/z/near"));
    QCOMPARE(bytes(tree.searchFor(last)), QByteArray());
    QCOMPARE(bytes(CgroupTree(root.path()).searchFor(last)), QByteArray("/a/59/deep"));
}

void CgroupTreeTest::withoutVersionTwo()
{
    const FakeRoot root;
    root.make("/systemd");
    root.writeProcess("1:name=systemd:/system.slice/a.service\n");
    root.write("/proc/self/cgroup", "1:name=systemd:/\n");
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.pathOf(1, pid)), QByteArray());
    QCOMPARE(bytes(tree.searchFor(1)), QByteArray());
    QVERIFY(tree.hasNamedHierarchy());
    QCOMPARE(bytes(tree.namedPathOf(pid, 0)), QByteArray("/system.slice/a.service"));
    // Nor /proc.
    CgroupTree nothing(root.path() + "/nothing");
    QVERIFY(!nothing.hasNamedHierarchy());
    QCOMPARE(bytes(nothing.namedPathOf(pid, 0)), QByteArray());
}

void CgroupTreeTest::namedHierarchy_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<bool>("has");
    QTest::newRow("unified") << QByteArray("0::/init.scope\n") << false;
    QTest::newRow("hybrid") << QByteArray("9:name=systemd:/\n8:pids:/\n0::/\n") << true;
    QTest::newRow("controllers only") << QByteArray("8:pids:/\n0::/\n") << false;
    QTest::newRow("another name") << QByteArray("1:name=elogind:/2\n0::/\n") << false;
    QTest::newRow("a path that looks so") << QByteArray("0::/1:name=systemd:/x\n") << false;
}

void CgroupTreeTest::namedHierarchy()
{
    QFETCH(QByteArray, contents);
    QFETCH(bool, has);
    const FakeRoot root;
    root.write("/proc/self/cgroup", contents.toStdString());
    QCOMPARE(CgroupTree(root.path()).hasNamedHierarchy(), has);
}

void CgroupTreeTest::namesOfAProcess()
{
    const FakeRoot root;
    root.writeProcess("12:pids:/a\n9:name=systemd:" + editor + "\n0::/\n");
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.namedPathOf(pid, 0)), bytes(editor));
    QCOMPARE(bytes(tree.namedPathOf(pid + 1, 0)), QByteArray());
    root.writeProcess("12:pids:/a\n0::/\n");
    QCOMPARE(bytes(tree.namedPathOf(pid, 0)), QByteArray());
}

void CgroupTreeTest::aStartTells_data()
{
    QTest::addColumn<QByteArray>("stat");
    QTest::addColumn<bool>("isIt");
    const QByteArray fields(" S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 ");
    // 12.34 s after boot, in hundredths.
    QTest::newRow("the same") << "4242 (cat)" + fields + "1234 5 6\n" << true;
    QTest::newRow("later") << "4242 (cat)" + fields + "1235 5 6\n" << false;
    QTest::newRow("a name like a stat") << "4242 (a) S 1 (b)" + fields + "1234 5\n" << true;
    QTest::newRow("ends early") << QByteArray("4242 (cat) S 1 2 3\n") << false;
    QTest::newRow("no name") << QByteArray("4242 cat S 1 2 3\n") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void CgroupTreeTest::aStartTells()
{
    QFETCH(QByteArray, stat);
    QFETCH(bool, isIt);
    QCOMPARE(sysconf(_SC_CLK_TCK), 100L);
    const FakeRoot root;
    root.writeProcess("1:name=systemd:/a.service\n");
    root.write("/proc/4242/stat", stat.toStdString());
    CgroupTree tree(root.path());
    QCOMPARE(bytes(tree.namedPathOf(pid, 12'349'999'999)), isIt ? QByteArray("/a.service") : QByteArray());
    QCOMPARE(bytes(tree.namedPathOf(pid, 0)), QByteArray("/a.service"));
}

void CgroupTreeTest::theRunningSystem()
{
    // Whatever the layout here is: what /proc says of this process is what the tree says.
    QFile file(QStringLiteral("/proc/self/cgroup"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray own = file.readAll();
    CgroupTree tree("/");
    QCOMPARE(tree.hasNamedHierarchy(), own.contains(":name=systemd:"));
    if (tree.hasNamedHierarchy()) {
        const QByteArray line = own.mid(own.indexOf(":name=systemd:") + 14);
        QCOMPARE(bytes(tree.namedPathOf(static_cast<std::uint32_t>(getpid()), 0)),
                 line.left(line.indexOf('\n')));
    }
}

QTEST_GUILESS_MAIN(CgroupTreeTest)
#include "CgroupTreeTest.moc"
