// SPDX-License-Identifier: MIT
//
// Who a process is, also when it is gone long before anybody could look.
#include "helper/identity/CgroupTree.h"
#include "helper/normalizer/CgroupIdentity.h"
#include "helper/normalizer/Normalizer.h"
#include "tests/OwnApplication.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"

#include <QTest>
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <linux/sched.h>
#include <map>
#include <memory>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace lunaris;

namespace
{

constexpr std::size_t differentPrograms = 16;

std::size_t shortLives()
{
    return isEmulated() ? 300 : 5000;
}

/// What the events of the helper say: who opened each file.
class Names final : public RecordSink
{
public:
    Names(CaptureRig &rig, ApplicationIdentity &identity)
        : m_rig(rig)
        , m_normalizer(PathRules({}), Deduplicator(std::chrono::nanoseconds(0), 1, 1), UuidV7(1), identity)
    {
    }

    void record(std::span<const std::byte> bytes) override
    {
        m_rig.record(bytes); // it looks for the marks of its children
        const auto record = readRecord(bytes);
        if (!record) {
            return;
        }
        const lkm_record_header &header = record->fields.header;
        if (losesLives && (record->type() == LKM_RECORD_FORK || record->type() == LKM_RECORD_EXIT)) {
            return;
        }
        if (record->type() == LKM_RECORD_FORK) {
            m_born[header.tgid] = header.boot_ns;
        } else if (record->type() == LKM_RECORD_EXIT && m_born.contains(header.tgid)) {
            lives.push_back(header.boot_ns - m_born[header.tgid]);
        }
        Event event;
        if (m_normalizer.normalize(bytes, 0, event) == Normalizer::Verdict::Kept &&
            event.type == EventType::FileOpened) {
            of[std::string(event.subject)] = event.application;
        }
    }
    void endOfBatch() override {}

    bool losesLives = false;               ///< as if there had been no room for forks and exits
    std::map<std::string, std::string> of; ///< the application that opened the file
    std::vector<std::uint64_t> lives;      ///< how long processes lived, in ns

private:
    CaptureRig &m_rig;
    Normalizer m_normalizer;
    std::map<std::uint32_t, std::uint64_t> m_born;
};

pid_t start(const std::string &program, std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), program);
    std::vector<char *> pointers;
    for (std::string &argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    pid_t pid = -1;
    errno = posix_spawn(&pid, program.c_str(), nullptr, nullptr, pointers.data(), environ);
    return static_cast<pid_t>(must(errno == 0 ? pid : -1, program));
}

void await(pid_t pid)
{
    int status = -1;
    must(waitpid(pid, &status, 0), "waitpid");
    errno = ECHILD;
    must(status == 0 ? 0 : -1, "a child's work");
}

/// A copy of this program that opens a file, with a number of our choice or any; it does not come back.
pid_t forkThatOpens(const std::string &file, pid_t number = 0)
{
    clone_args arguments{};
    arguments.exit_signal = SIGCHLD;
    if (number != 0) {
        arguments.set_tid = reinterpret_cast<std::uintptr_t>(&number);
        arguments.set_tid_size = 1;
    }
    const long pid = must(syscall(SYS_clone3, &arguments, sizeof(arguments)), "clone3");
    if (pid == 0) {
        _exit(open(file.c_str(), O_RDONLY | O_CLOEXEC) >= 0 ? 0 : 1);
    }
    return static_cast<pid_t>(pid);
}

} // namespace

class IdentityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void processesThatAreGoneAtOnce();
    void aNumberUsedAgain_data();
    void aNumberUsedAgain();
    void aCgroupWithAName();
    void aCgroupThatItsProcessHasLeft();
    void aCgroupThatIsGone();

private:
    std::vector<std::string> makeFiles(std::size_t count);
    void listen(const std::string &root);
    void listen(std::unique_ptr<ApplicationIdentity> identity);
    void waitFor(const std::vector<std::string> &files);
    std::string mountCgroups();

    CaptureRig m_rig;
    std::unique_ptr<CgroupTree> m_tree;
    std::unique_ptr<ApplicationIdentity> m_identity;
    std::unique_ptr<Names> m_names;
    std::string m_program; // one-open under the first of its names
    std::string m_own;     // this program
};

void IdentityTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
    m_own = std::filesystem::read_symlink("/proc/self/exe");
    m_program = m_rig.freshDirectory() + "/program-0";
    std::filesystem::copy_file(ONE_OPEN_PROGRAM, m_program);
    for (std::size_t number = 1; number < differentPrograms; ++number) {
        std::string link = m_program;
        link.replace(link.size() - 1, 1, std::to_string(number));
        must(::link(m_program.c_str(), link.c_str()), link);
    }
}

void IdentityTest::cleanup()
{
    m_rig.source().stop();
    m_names.reset();
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

std::vector<std::string> IdentityTest::makeFiles(std::size_t count)
{
    const std::string directory = m_rig.freshDirectory();
    std::vector<std::string> files;
    for (std::size_t number = 0; number < count; ++number) {
        files.push_back(directory + "/" + std::to_string(number));
        makeFile(files.back());
    }
    return files;
}

/// As the helper does it, on a system with that root directory.
void IdentityTest::listen(const std::string &root)
{
    auto tree = std::make_unique<CgroupTree>(root);
    listen(std::make_unique<CgroupIdentity>(*tree));
    m_tree = std::move(tree);
}

void IdentityTest::listen(std::unique_ptr<ApplicationIdentity> identity)
{
    m_rig.source().stop();
    m_names = std::make_unique<Names>(m_rig, *identity);
    m_identity = std::move(identity);
    const auto failure = m_rig.source().start(*m_names);
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
}

void IdentityTest::waitFor(const std::vector<std::string> &files)
{
    QVERIFY(CaptureRig::waitUntil([&] {
        return std::all_of(files.begin(), files.end(),
                           [this](const std::string &file) { return m_names->of.contains(file); });
    }));
}

/// A root directory with the cgroups of the machine at their place, wherever the machine itself has them.
std::string IdentityTest::mountCgroups()
{
    const std::string root = m_rig.freshDirectory();
    const std::string place = root + "/sys/fs/cgroup";
    std::filesystem::create_directories(place);
    must(mount("cgroup2", place.c_str(), "cgroup2", 0, nullptr), "mounting the cgroups of version 2");
    std::filesystem::create_directory_symlink("/proc", root + "/proc");
    return root;
}

namespace
{

/// A cgroup below one of our own in that root, gone with it.
class Cgroup
{
public:
    Cgroup(const std::string &root, const std::string &name)
        : m_parent(root + "/sys/fs/cgroup/lunaris-test-" + std::to_string(getpid()))
        , m_path(m_parent + "/" + name)
    {
        must(mkdir(m_parent.c_str(), 0755), m_parent);
        must(mkdir(m_path.c_str(), 0755), m_path);
    }
    ~Cgroup()
    {
        remove();
        rmdir(m_parent.c_str());
    }
    Q_DISABLE_COPY_MOVE(Cgroup)

    void remove() const { rmdir(m_path.c_str()); }
    std::string processes() const { return m_path + "/cgroup.procs"; }
    std::string parentProcesses() const { return m_parent + "/cgroup.procs"; }

private:
    const std::string m_parent;
    const std::string m_path;
};

void join(const std::string &processes)
{
    const int fd = static_cast<int>(must(open(processes.c_str(), O_WRONLY | O_CLOEXEC), processes));
    must(write(fd, "0", 1), "joining a cgroup");
    close(fd);
}

} // namespace

void IdentityTest::processesThatAreGoneAtOnce()
{
    const std::string application = ownApplication();
    const std::vector<std::string> files = makeFiles(shortLives());
    listen("/");
    const std::uint64_t lost = m_rig.lost();

    const auto programOf = [this](std::size_t number) {
        // The last one is this program: who only forks runs what its parent runs.
        const std::size_t which = number % (differentPrograms + 1);
        return which == differentPrograms ? m_own
                                          : m_program.substr(0, m_program.size() - 1) + std::to_string(which);
    };
    std::vector<pid_t> running;
    for (std::size_t number = 0; number < files.size(); ++number) {
        const std::string program = programOf(number);
        running.push_back(program == m_own ? forkThatOpens(files[number]) : start(program, {files[number]}));
        if (running.size() == 8 || number + 1 == files.size()) {
            for (const pid_t pid : running) {
                await(pid);
            }
            running.clear();
            QCoreApplication::processEvents();
        }
    }
    waitFor(files);
    QCOMPARE(m_rig.lost(), lost);
    std::size_t wrong = 0;
    for (std::size_t number = 0; number < files.size(); ++number) {
        const std::string expected = application.empty() ? programOf(number) : application;
        if (m_names->of[files[number]] != expected && ++wrong == 1) {
            qWarning("%s was opened by %s, not by %s", files[number].c_str(), expected.c_str(),
                     m_names->of[files[number]].c_str());
        }
    }
    QCOMPARE(wrong, std::size_t(0));
    QVERIFY(m_names->lives.size() >= files.size());
    std::nth_element(m_names->lives.begin(), m_names->lives.begin() + m_names->lives.size() / 2,
                     m_names->lives.end());
    qInfo("%zu processes, half of them lived no longer than %llu µs", files.size(),
          static_cast<unsigned long long>(m_names->lives[m_names->lives.size() / 2] / 1000));
}

void IdentityTest::aNumberUsedAgain_data()
{
    QTest::addColumn<bool>("isLost");
    QTest::newRow("forks and exits are told") << false;
    QTest::newRow("forks and exits are lost") << true;
}

void IdentityTest::aNumberUsedAgain()
{
    QFETCH(bool, isLost);
    const std::vector<std::string> files = makeFiles(40);
    listen(std::make_unique<ExecutableIdentity>());
    m_names->losesLives = isLost;
    // A number that is free now, and again after each has ended.
    const pid_t number = start(m_program, {files[0]});
    await(number);
    for (std::size_t turn = 1; turn < files.size(); ++turn) {
        try {
            await(forkThatOpens(files[turn], number));
        } catch (const std::system_error &error) {
            if (error.code().value() == EEXIST) {
                QSKIP("Somebody else has got the number: run this again");
            }
            throw;
        }
    }
    waitFor(files);
    QCOMPARE(m_names->of[files[0]], m_program);
    for (std::size_t turn = 1; turn < files.size(); ++turn) {
        // When nothing is known of it but its name, that is better than another one's program.
        QCOMPARE(m_names->of[files[turn]], isLost ? std::string("IdentityTest") : m_own);
    }
}

void IdentityTest::aCgroupWithAName()
{
    const std::string root = mountCgroups();
    const Cgroup cgroup(root, "app-test-org.example.Lunaris\\x2dTest-7.scope");
    const std::vector<std::string> files = makeFiles(1);
    listen(root);
    // It lives while it is asked for.
    Opener opener(
        m_rig, [&files] { return open(files[0].c_str(), O_RDONLY); },
        [&cgroup] { join(cgroup.processes()); });
    opener.go();
    waitFor(files);
    QCOMPARE(m_names->of[files[0]], std::string("org.example.Lunaris-Test"));
}

void IdentityTest::aCgroupThatItsProcessHasLeft()
{
    const std::string root = mountCgroups();
    const Cgroup cgroup(root, "short-lived@1.service");
    const std::vector<std::string> files = makeFiles(200);
    listen(root);
    for (const std::string &file : files) {
        // One after the other, so that they cannot be asked; the event loop does not run meanwhile.
        await(start(m_program, {file, cgroup.processes()}));
    }
    waitFor(files);
    for (const std::string &file : files) {
        QCOMPARE(m_names->of[file], std::string("short-lived@.service"));
    }
}

void IdentityTest::aCgroupThatIsGone()
{
    const std::string root = mountCgroups();
    const Cgroup cgroup(root, "gone.service");
    const std::vector<std::string> files = makeFiles(3);
    listen(root);
    for (const std::string &file : files) {
        await(start(m_program, {file, cgroup.processes()}));
    }
    cgroup.remove();
    waitFor(files);
    // Nobody can tell any more; the executable is what remains.
    for (const std::string &file : files) {
        QCOMPARE(m_names->of[file], m_program);
    }
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "IdentityTest.moc"
