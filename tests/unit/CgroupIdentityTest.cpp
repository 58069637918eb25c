// SPDX-License-Identifier: MIT
#include "helper/normalizer/CgroupIdentity.h"
#include "tests/unit/RecordBuilder.h"

#include <QByteArray>
#include <QTest>
#include <map>

using namespace lunaris;

namespace
{

constexpr std::uint64_t second = 1'000'000'000;
constexpr std::uint64_t editorCgroup = 4711;
constexpr std::uint64_t sessionCgroup = 815;
constexpr std::uint64_t rootCgroup = 1;
const std::string editorPath = "/user.slice/app-gnome-org.example.Editor-7.scope";

/// A system whose cgroups are what a test says, and that counts how often it is asked.
class FakePaths final : public CgroupPaths
{
public:
    std::map<std::uint64_t, std::string> tree;        // by cgroup
    std::map<std::uint32_t, std::uint64_t> processes; // in which cgroup they are
    std::map<std::uint32_t, std::string> named;       // by process
    std::map<std::uint32_t, std::uint64_t> starts;    // of those
    bool isHybrid = false;
    int asked = 0;
    int searches = 0;
    int namesAsked = 0;

    std::string pathOf(std::uint64_t cgroup, std::uint32_t pid) override
    {
        ++asked;
        return processes.contains(pid) && processes[pid] == cgroup ? tree[cgroup] : std::string();
    }
    std::string searchFor(std::uint64_t cgroup) override
    {
        ++searches;
        return tree.contains(cgroup) ? tree[cgroup] : std::string();
    }
    bool hasNamedHierarchy() const override { return isHybrid; }
    std::string namedPathOf(std::uint32_t pid, std::uint64_t start) override
    {
        ++namesAsked;
        const bool isAnother = start != 0 && starts.contains(pid) && starts[pid] != start;
        return named.contains(pid) && !isAnother ? named[pid] : std::string();
    }
};

} // namespace

class CgroupIdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void theCgroupNamesTheApplication();
    void withoutANameItIsTheExecutable();
    void withoutAnExecutableItIsTheComm();
    void oneLookUpServesAllProcessesOfACgroup();
    void aStormOfForksAsksNothing();
    void anotherCgroupIsAnotherApplication();
    void aProcessThatIsGone();
    void whatCannotBeFoundIsNotSoughtAgainAtOnce();
    void theTreeIsSearchedSeldom();
    void cgroupsAreBounded();
    void forgottenCgroupsAreLookedUpAgain();
    void anyTimeMayBeInARecord();

    void namesInAHierarchyOfTheirOwn();
    void aNameOfVersionTwoComesFirst();
    void aChildHasTheNameOfItsParent();
    void aProgramThatIsGoneHasTheNameOfItsParent();
    void aProcessMayMove();
    void aNumberUsedAgainHasNotTheOldName();
    void withoutAnyHierarchyOfVersionTwo();

private:
    QByteArray applicationOf(ProcessKey key, std::uint64_t cgroup, std::uint64_t time = 5 * second)
    {
        RecordBuilder builder;
        builder.setProcess(key.pid, 1).setComm("comm");
        builder.fields.header.cgroup = cgroup;
        builder.fields.header.boot_ns = time;
        const std::vector<std::byte> bytes = builder.bytes();
        const auto record = readRecord(bytes);
        const std::string_view text = m_identity->applicationOf(*record, m_processes->processOf(key));
        return {text.data(), static_cast<qsizetype>(text.size())};
    }

    std::unique_ptr<FakePaths> m_paths;
    std::unique_ptr<CgroupIdentity> m_identity;
    std::unique_ptr<ProcessTable> m_processes;
};

void CgroupIdentityTest::init()
{
    m_paths = std::make_unique<FakePaths>();
    m_paths->tree = {{editorCgroup, editorPath}, {sessionCgroup, "/session-2.scope"}, {rootCgroup, "/"}};
    m_identity = std::make_unique<CgroupIdentity>(*m_paths, 100);
    m_processes = std::make_unique<ProcessTable>(1000);
}

void CgroupIdentityTest::theCgroupNamesTheApplication()
{
    m_paths->processes[10] = editorCgroup;
    m_processes->runs({10, 1}, "/usr/bin/editor");
    QCOMPARE(applicationOf({10, 1}, editorCgroup), QByteArray("org.example.Editor"));
}

void CgroupIdentityTest::withoutANameItIsTheExecutable()
{
    m_paths->processes[10] = sessionCgroup;
    m_processes->runs({10, 1}, "/usr/bin/cat");
    QCOMPARE(applicationOf({10, 1}, sessionCgroup), QByteArray("/usr/bin/cat"));
    m_processes->runs({10, 1}, "/usr/bin/tac");
    QCOMPARE(applicationOf({10, 1}, sessionCgroup), QByteArray("/usr/bin/tac"));
    QCOMPARE(m_paths->asked, 1);
    QCOMPARE(m_paths->namesAsked, 0); // there is no other hierarchy
}

void CgroupIdentityTest::withoutAnExecutableItIsTheComm()
{
    QCOMPARE(applicationOf({10, 1}, sessionCgroup), QByteArray("comm"));
    QCOMPARE(applicationOf({11, 1}, 0), QByteArray("comm"));
}

void CgroupIdentityTest::oneLookUpServesAllProcessesOfACgroup()
{
    for (std::uint32_t pid = 1; pid <= 500; ++pid) {
        m_paths->processes[pid] = editorCgroup;
        for (std::uint64_t event = 0; event < 20; ++event) {
            QCOMPARE(applicationOf({pid, pid}, editorCgroup, 100 * event * second),
                     QByteArray("org.example.Editor"));
        }
    }
    QCOMPARE(m_paths->asked, 1);
    QCOMPARE(m_paths->searches, 0);
}

void CgroupIdentityTest::aStormOfForksAsksNothing()
{
    m_paths->isHybrid = true;
    m_paths->named[10] = editorPath;
    QCOMPARE(applicationOf({10, 1}, rootCgroup), QByteArray("org.example.Editor"));
    const int before = m_paths->asked + m_paths->searches + m_paths->namesAsked;
    for (std::uint32_t pid = 11; pid < 600; ++pid) {
        m_processes->forked({10, 1}, {pid, pid});
        QCOMPARE(applicationOf({pid, pid}, rootCgroup), QByteArray("org.example.Editor"));
    }
    QCOMPARE(m_paths->asked + m_paths->searches + m_paths->namesAsked, before);
}

void CgroupIdentityTest::anotherCgroupIsAnotherApplication()
{
    // A desktop moves what it has started, when it runs already.
    m_paths->processes[10] = sessionCgroup;
    m_processes->runs({10, 1}, "/usr/bin/editor");
    QCOMPARE(applicationOf({10, 1}, sessionCgroup), QByteArray("/usr/bin/editor"));
    m_paths->processes[10] = editorCgroup;
    QCOMPARE(applicationOf({10, 1}, editorCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(applicationOf({10, 1}, sessionCgroup), QByteArray("/usr/bin/editor"));
}

void CgroupIdentityTest::aProcessThatIsGone()
{
    QCOMPARE(applicationOf({10, 1}, editorCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(m_paths->searches, 1);
    QCOMPARE(applicationOf({11, 1}, editorCgroup, 900 * second), QByteArray("org.example.Editor"));
    QCOMPARE(m_paths->searches, 1);
    QCOMPARE(m_paths->asked, 1);
}

void CgroupIdentityTest::whatCannotBeFoundIsNotSoughtAgainAtOnce()
{
    m_processes->runs({10, 1}, "/usr/bin/cat");
    for (std::uint64_t millisecond = 0; millisecond < 1000; ++millisecond) {
        QCOMPARE(applicationOf({10, 1}, 999, 5 * second + millisecond * 1'000'000),
                 QByteArray("/usr/bin/cat"));
        QCOMPARE(applicationOf({11, 1}, 999, 5 * second + millisecond * 1'000'000), QByteArray("comm"));
    }
    QCOMPARE(m_paths->asked, 1);
    QCOMPARE(m_paths->searches, 1);
    // It was there all the time, and nobody could tell.
    m_paths->tree[999] = "/system.slice/late.service";
    m_paths->processes[11] = 999;
    QCOMPARE(applicationOf({11, 1}, 999, 6 * second), QByteArray("late.service"));
    QCOMPARE(applicationOf({10, 1}, 999, 6 * second), QByteArray("late.service"));
    QCOMPARE(m_paths->asked, 2);
}

void CgroupIdentityTest::theTreeIsSearchedSeldom()
{
    // A hundred cgroups a second for an hour, and each is gone when it is sought.
    std::uint64_t cgroup = 1000;
    for (std::uint64_t time = second; time < 3600 * second; time += second / 100) {
        QCOMPARE(applicationOf({10, 1}, ++cgroup, time), QByteArray("comm"));
    }
    QCOMPARE(m_paths->asked, 359'900);
    QVERIFY(m_paths->searches > 60);
    QVERIFY(m_paths->searches < 70);

    // One that is there after all: the next ones are sought sooner.
    QCOMPARE(applicationOf({10, 1}, editorCgroup, 3660 * second), QByteArray("org.example.Editor"));
    const int before = m_paths->searches;
    QCOMPARE(applicationOf({10, 1}, ++cgroup, 3661 * second - 1), QByteArray("comm"));
    QCOMPARE(m_paths->searches, before);
    QCOMPARE(applicationOf({10, 1}, ++cgroup, 3661 * second), QByteArray("comm"));
    QCOMPARE(m_paths->searches, before + 1);
}

void CgroupIdentityTest::cgroupsAreBounded()
{
    for (std::uint64_t cgroup = 1000; cgroup < 5000; ++cgroup) {
        m_paths->tree[cgroup] = "/system.slice/s" + std::to_string(cgroup) + ".service";
        m_paths->processes[10] = cgroup;
        QCOMPARE(applicationOf({10, 1}, cgroup),
                 QByteArray::fromStdString("s" + std::to_string(cgroup) + ".service"));
        QVERIFY(m_identity->size() <= 100);
    }
    QCOMPARE(m_identity->size(), std::size_t(100));
}

void CgroupIdentityTest::forgottenCgroupsAreLookedUpAgain()
{
    m_paths->processes[10] = editorCgroup;
    QCOMPARE(applicationOf({10, 1}, editorCgroup), QByteArray("org.example.Editor"));
    for (std::uint64_t cgroup = 1000; cgroup < 1100; ++cgroup) {
        m_paths->tree[cgroup] = "/x.service";
        m_paths->processes[11] = cgroup;
        applicationOf({11, 1}, cgroup);
    }
    // The process itself has not forgotten.
    const int before = m_paths->asked;
    QCOMPARE(applicationOf({10, 1}, editorCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(m_paths->asked, before);
    m_paths->processes[12] = editorCgroup;
    QCOMPARE(applicationOf({12, 1}, editorCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(m_paths->asked, before + 1);
}

void CgroupIdentityTest::anyTimeMayBeInARecord()
{
    for (const std::uint64_t time :
         {std::uint64_t{0}, std::uint64_t(UINT64_MAX), std::uint64_t(UINT64_MAX - 1)}) {
        QCOMPARE(applicationOf({10, 1}, 999, time), QByteArray("comm"));
    }
    // At the end of time everything is to be looked at again, which is no harm.
    m_paths->processes[10] = editorCgroup;
    QCOMPARE(applicationOf({10, 1}, editorCgroup, UINT64_MAX), QByteArray("org.example.Editor"));
}

void CgroupIdentityTest::namesInAHierarchyOfTheirOwn()
{
    m_paths->isHybrid = true;
    m_paths->processes = {{10, rootCgroup}, {11, rootCgroup}, {12, rootCgroup}};
    m_paths->named = {{10, editorPath}, {11, "/system.slice/sshd.service"}, {12, "/"}};
    m_processes->runs({12, 1}, "/usr/bin/cat");
    QCOMPARE(applicationOf({10, 1}, rootCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(applicationOf({11, 1}, rootCgroup), QByteArray("sshd.service"));
    QCOMPARE(applicationOf({12, 1}, rootCgroup), QByteArray("/usr/bin/cat"));
    QCOMPARE(m_paths->asked, 1);
    QCOMPARE(m_paths->namesAsked, 3);
    for (int event = 0; event < 100; ++event) {
        applicationOf({10, 1}, rootCgroup);
        applicationOf({12, 1}, rootCgroup);
    }
    QCOMPARE(m_paths->namesAsked, 3);
}

void CgroupIdentityTest::aNameOfVersionTwoComesFirst()
{
    m_paths->isHybrid = true;
    m_paths->processes = {{10, editorCgroup}, {11, sessionCgroup}};
    m_paths->named = {{10, "/system.slice/other.service"}, {11, "/system.slice/other.service"}};
    m_processes->runs({11, 1}, "/usr/bin/cat");
    QCOMPARE(applicationOf({10, 1}, editorCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(applicationOf({11, 1}, sessionCgroup), QByteArray("/usr/bin/cat"));
    QCOMPARE(m_paths->namesAsked, 0);
}

void CgroupIdentityTest::aChildHasTheNameOfItsParent()
{
    m_paths->isHybrid = true;
    m_paths->named[10] = editorPath;
    QCOMPARE(applicationOf({10, 1}, rootCgroup), QByteArray("org.example.Editor"));
    m_processes->forked({10, 1}, {11, 2});
    m_processes->exited({10, 1});
    QCOMPARE(applicationOf({11, 2}, rootCgroup), QByteArray("org.example.Editor"));
}

void CgroupIdentityTest::aProgramThatIsGoneHasTheNameOfItsParent()
{
    m_paths->isHybrid = true;
    m_paths->named[10] = editorPath;
    QCOMPARE(applicationOf({10, 1}, rootCgroup), QByteArray("org.example.Editor"));
    for (const char *path : {"", "/"}) {
        m_processes->forked({10, 1}, {11, 2});
        m_processes->runs({11, 2}, "/usr/bin/git");
        m_paths->named[11] = path;
        QCOMPARE(applicationOf({11, 2}, rootCgroup), QByteArray("org.example.Editor"));
        m_processes->exited({11, 2});
    }
    // While it is there, it is asked for itself.
    m_processes->forked({10, 1}, {11, 3});
    m_processes->runs({11, 3}, "/usr/bin/git");
    m_paths->named[11] = "/session-1.scope";
    QCOMPARE(applicationOf({11, 3}, rootCgroup), QByteArray("/usr/bin/git"));
}

void CgroupIdentityTest::aProcessMayMove()
{
    m_paths->isHybrid = true;
    m_paths->named[10] = "/session-1.scope";
    m_processes->runs({10, 1}, "/usr/bin/editor");
    QCOMPARE(applicationOf({10, 1}, rootCgroup, 5 * second), QByteArray("/usr/bin/editor"));
    m_paths->named[10] = editorPath;
    QCOMPARE(applicationOf({10, 1}, rootCgroup, 6 * second - 1), QByteArray("/usr/bin/editor"));
    QCOMPARE(applicationOf({10, 1}, rootCgroup, 6 * second), QByteArray("org.example.Editor"));
}

void CgroupIdentityTest::aNumberUsedAgainHasNotTheOldName()
{
    m_paths->isHybrid = true;
    m_paths->named[10] = editorPath;
    m_paths->starts[10] = 1;
    QCOMPARE(applicationOf({10, 1}, rootCgroup), QByteArray("org.example.Editor"));
    QCOMPARE(applicationOf({10, 2}, rootCgroup), QByteArray("comm"));
    // The other way round: this one has ended, and who has its number now is not it.
    m_paths->starts[11] = 9;
    m_paths->named[11] = editorPath;
    QCOMPARE(applicationOf({11, 8}, rootCgroup), QByteArray("comm"));
}

void CgroupIdentityTest::withoutAnyHierarchyOfVersionTwo()
{
    m_paths->isHybrid = true;
    m_paths->tree.clear();
    m_paths->named[10] = editorPath;
    QCOMPARE(applicationOf({10, 1}, rootCgroup), QByteArray("org.example.Editor"));
}

QTEST_GUILESS_MAIN(CgroupIdentityTest)
#include "CgroupIdentityTest.moc"
