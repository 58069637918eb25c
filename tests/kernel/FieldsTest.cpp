// SPDX-License-Identifier: MIT
//
// What a record carries besides its path: who opened, how, what kind of file, when.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"

#include <QTest>
#include <array>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/fsuid.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lunaris;

Q_DECLARE_METATYPE(Opener::Act)
Q_DECLARE_METATYPE(Opener::Enter)

class FieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void flags_data();
    void flags();
    void mode_data();
    void mode();
    void owner();
    void users_data();
    void users();
    void comm_data();
    void comm();
    void descriptor_data();
    void descriptor();
    void timeAndParent();
    void adopted();
    void cgroup();

private:
    /// What the kernel tells of one open in a child; nothing, and a failed test, if it is not one.
    std::optional<SeenOpen> seen(const Opener::Act &act, const Opener::Enter &enter = {});
    Opener::Act openFile() const;

    CaptureRig m_rig;
    std::string m_file;
    Report m_report; ///< of the last child
};

void FieldsTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
    m_file = m_rig.freshDirectory() + "/file";
    makeFile(m_file);
}

void FieldsTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

std::optional<SeenOpen> FieldsTest::seen(const Opener::Act &act, const Opener::Enter &enter)
{
    try {
        Opener opener(m_rig, act, enter);
        m_report = opener.go();
        const auto opens = opener.opens();
        if (opens.size() == 1) {
            return opens.front();
        }
        QTest::qFail("not one record", __FILE__, __LINE__);
    } catch (const std::exception &error) {
        QTest::qFail(error.what(), __FILE__, __LINE__);
    }
    return std::nullopt;
}

Opener::Act FieldsTest::openFile() const
{
    return [file = m_file] { return must(open(file.c_str(), O_RDONLY), file); };
}

void FieldsTest::flags_data()
{
    QTest::addColumn<Opener::Act>("act");
    QTest::addColumn<quint32>("expected");

    const char *file = m_file.c_str();
    const auto row = [file](const char *name, int flags) {
        QTest::addRow("openat, %s", name)
            << Opener::Act([=] { return must(syscall(SYS_openat, AT_FDCWD, file, flags, 0600), file); })
            << static_cast<quint32>(flags);
        QTest::addRow("openat2, %s", name) << Opener::Act([=] {
            open_how how{};
            how.flags = static_cast<std::uint64_t>(flags);
            how.mode = flags & O_CREAT ? 0600 : 0;
            return must(syscall(SYS_openat2, AT_FDCWD, file, &how, sizeof(how)), file);
        }) << static_cast<quint32>(flags);
#ifdef SYS_open
        QTest::addRow("open, %s", name)
            << Opener::Act([=] { return must(syscall(SYS_open, file, flags, 0600), file); })
            << static_cast<quint32>(flags);
#endif
    };
    row("reading", O_RDONLY);
    row("writing", O_WRONLY);
    row("both", O_RDWR);
    row("for nothing", 3); // O_ACCMODE: for ioctl only
    row("creating", O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    row("appending", O_APPEND | O_WRONLY | O_NONBLOCK | O_SYNC);
    row("path", O_PATH | O_CLOEXEC);
#ifdef SYS_creat
    QTest::newRow("creat") << Opener::Act([=] { return must(syscall(SYS_creat, file, 0600), file); })
                           << static_cast<quint32>(O_CREAT | O_WRONLY | O_TRUNC);
#endif
    // Other systems call them so; this kernel knows no such flag, and the caller passed it all the same.
    QTest::newRow("openat, an unknown flag") << Opener::Act([=] {
        return must(syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | 0x40000000, 0), file);
    }) << quint32(0x40000000);
}

void FieldsTest::flags()
{
    QFETCH(Opener::Act, act);
    QFETCH(quint32, expected);
    const auto open = seen(act);
    QVERIFY(open);
    QCOMPARE(open->fields.flags, expected);
}

void FieldsTest::mode_data()
{
    QTest::addColumn<uint>("mode");
    QTest::newRow("a file") << uint(S_IFREG | 0644);
    QTest::newRow("a set-uid program") << uint(S_IFREG | 06755);
    QTest::newRow("nobody may") << uint(S_IFREG);
    QTest::newRow("a sticky directory") << uint(S_IFDIR | 01777);
    QTest::newRow("a fifo") << uint(S_IFIFO | 0620);
}

void FieldsTest::mode()
{
    QFETCH(uint, mode);
    const std::string path = m_rig.freshDirectory() + "/it";
    must(S_ISDIR(mode) ? mkdir(path.c_str(), 0700) : mknod(path.c_str(), mode, 0), path);
    must(chmod(path.c_str(), mode & 07777), path);
    const auto open = seen([path] { return must(::open(path.c_str(), O_RDONLY | O_NONBLOCK), path); });
    QVERIFY(open);
    QCOMPARE(open->fields.mode, mode);
}

void FieldsTest::owner()
{
    const std::string path = m_rig.freshDirectory() + "/it";
    makeFile(path);
    must(chown(path.c_str(), 3'000'000'001U, 12), path);
    const auto open = seen([path] { return must(::open(path.c_str(), O_RDONLY), path); });
    QVERIFY(open);
    QCOMPARE(open->fields.owner, 3'000'000'001U);
    QCOMPARE(open->fields.header.uid, 0U);
}

void FieldsTest::users_data()
{
    QTest::addColumn<Opener::Enter>("enter");
    QTest::addColumn<uint>("uid");
    QTest::addColumn<uint>("fsuid");

    QTest::newRow("root") << Opener::Enter([] {}) << 0U << 0U;
    QTest::newRow("a user") << Opener::Enter([] { must(setresuid(1234, 1234, 1234), "setresuid"); }) << 1234U
                            << 1234U;
    QTest::newRow("a user in a set-uid program")
        << Opener::Enter([] { must(setresuid(1234, 0, 0), "setresuid"); }) << 1234U << 0U;
    QTest::newRow("root that acts as a user")
        << Opener::Enter([] { must(setresuid(0, 1234, 0), "setresuid"); }) << 0U << 1234U;
    QTest::newRow("root that serves a user's files") << Opener::Enter([] { setfsuid(1234); }) << 0U << 1234U;
    QTest::newRow("one user, set-uid to another")
        << Opener::Enter([] { must(setresuid(1234, 5678, 5678), "setresuid"); }) << 1234U << 5678U;
    QTest::newRow("a large uid") << Opener::Enter([] {
        must(setresuid(4'000'000'000U, 4'000'000'000U, 4'000'000'000U), "setresuid");
    }) << 4'000'000'000U << 4'000'000'000U;
    // Inside, there is no such user; the record has the one that the machine knows.
    QTest::newRow("a user namespace") << Opener::Enter([] {
        must(setresuid(1234, 1234, 1234), "setresuid");
        if (unshare(CLONE_NEWUSER) == 0 && getuid() == 1234) {
            throw std::runtime_error("the user has kept its number in the namespace");
        }
    }) << 1234U << 1234U;
}

void FieldsTest::users()
{
    QFETCH(Opener::Enter, enter);
    QFETCH(uint, uid);
    QFETCH(uint, fsuid);
    const auto open = seen(openFile(), enter);
    QVERIFY(open);
    QCOMPARE(open->fields.header.uid, uid);
    QCOMPARE(open->fields.header.fsuid, fsuid);
}

void FieldsTest::comm_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("short") << QByteArray("x") << QByteArray("x");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
    QTest::newRow("15 bytes") << QByteArray("123456789012345") << QByteArray("123456789012345");
    QTest::newRow("more") << QByteArray("12345678901234567890") << QByteArray("123456789012345");
    QTest::newRow("space and newline") << QByteArray("a b\nc\td") << QByteArray("a b\nc\td");
    QTest::newRow("parentheses") << QByteArray(") R 1 (") << QByteArray(") R 1 (");
    QTest::newRow("no UTF-8") << QByteArray("\xff\xc3(\xfe") << QByteArray("\xff\xc3(\xfe");
}

void FieldsTest::comm()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, expected);
    const auto open = seen(openFile(), [name] { must(prctl(PR_SET_NAME, name.constData()), "prctl"); });
    QVERIFY(open);
    QCOMPARE(QByteArray::fromStdString(open->comm), expected);
}

void FieldsTest::descriptor_data()
{
    QTest::addColumn<int>("lowest");
    QTest::newRow("the first that is free") << 0;
    QTest::newRow("the last of the first table") << 63;
    QTest::newRow("the first of a larger table") << 64;
    QTest::newRow("hundreds") << 900;
}

void FieldsTest::descriptor()
{
    QFETCH(int, lowest);
    const auto open = seen(openFile(), [lowest] {
        for (int fd = 0; fd < lowest; ++fd) {
            if (fcntl(fd, F_GETFD) < 0) {
                must(dup2(STDERR_FILENO, fd), "dup2");
            }
        }
    });
    QVERIFY(open);
    QVERIFY(m_report.result >= lowest);
    QCOMPARE(open->fields.value, m_rig.knowsDescriptors() ? static_cast<int>(m_report.result) : -1);
}

void FieldsTest::timeAndParent()
{
    const auto open = seen(openFile());
    QVERIFY(open);
    QVERIFY(open->fields.header.boot_ns >= m_report.before);
    QVERIFY(open->fields.header.boot_ns <= m_report.after);
    QCOMPARE(open->fields.header.ppid, static_cast<std::uint32_t>(getpid()));
    QCOMPARE(m_report.parent, getpid());
}

/// The parent that counts is the one of the moment, not the one that has forked.
void FieldsTest::adopted()
{
    const std::string path = m_rig.freshDirectory() + "/it";
    makeFile(path);
    Opener opener(m_rig, [path] {
        std::array<int, 2> orders{};
        std::array<int, 2> answers{};
        must(pipe(orders.data()), "pipe");
        must(pipe(answers.data()), "pipe");
        const pid_t between = fork();
        if (between == 0) {
            if (fork() == 0) {
                char order = 0;
                must(read(orders[0], &order, 1), "read");
                must(::open(path.c_str(), O_RDONLY), path);
                const pid_t parent = getppid();
                must(write(answers[1], &parent, sizeof(parent)), "write");
            }
            _exit(0);
        }
        waitpid(between, nullptr, 0);
        pid_t parent = 0;
        must(write(orders[1], "g", 1), "write");
        must(read(answers[0], &parent, sizeof(parent)), "read");
        return parent;
    });
    const pid_t parent = static_cast<pid_t>(opener.go().result);
    opener.opens(); // its last mark comes after all of it
    for (const SeenOpen &open : m_rig.seen()) {
        if (open.path == path) {
            QCOMPARE(open.fields.header.ppid, static_cast<std::uint32_t>(parent));
            return;
        }
    }
    QFAIL("no record");
}

void FieldsTest::cgroup()
{
    const std::string root = m_rig.freshDirectory();
    if (mount("cgroup2", root.c_str(), "cgroup2", 0, nullptr) != 0) {
        QSKIP("This kernel has no cgroup2, or forbids mounting it: run this outside a container");
    }
    // One of its own, where that may be made; else the one it is in.
    const std::string own = root + "/lunaris-kernel-" + std::to_string(getpid());
    const bool isOwn = mkdir(own.c_str(), 0755) == 0;
    std::string directory = own;
    if (!isOwn) {
        std::ifstream groups("/proc/self/cgroup");
        for (std::string line; std::getline(groups, line);) {
            if (line.starts_with("0::")) {
                directory = root + line.substr(3);
            }
        }
    }
    struct stat facts {
    };
    must(stat(directory.c_str(), &facts), directory);
    const auto open = seen(openFile(), [&] {
        if (isOwn) {
            std::ofstream(own + "/cgroup.procs") << getpid() << std::flush;
        }
    });
    if (isOwn) {
        rmdir(own.c_str());
    }
    QVERIFY(open);
    QCOMPARE(open->fields.header.cgroup, static_cast<std::uint64_t>(facts.st_ino));
}

QTEST_GUILESS_MAIN(FieldsTest)
#include "FieldsTest.moc"
