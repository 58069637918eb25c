// SPDX-License-Identifier: MIT
//
// Opens that no open(2) makes: through a ring that user space shares with the kernel.
#include "tests/kernel/Ask.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"

#include <QTest>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

Q_DECLARE_METATYPE(Ask)

class UringTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void ways_data();
    void ways();
    void names_data();
    void names();
    void flags_data();
    void flags();
    void failures_data();
    void failures();
    void withoutCompletion();
    void linked_data();
    void linked();
    void linkedWhileTheCallerIsElsewhere();
    void manyAtOnce();

private:
    void compare(const Ask &ask, const std::string &expected, std::uint32_t attributes = 0);
    /// What of the caller's flags the record has.
    std::uint32_t toldFlags(const Ask &ask) const;
    bool seesCompletionsOnly() const { return m_rig.knowsDescriptors(); }

    CaptureRig m_rig;
    std::string m_directory;
};

void UringTest::initTestCase()
{
    try {
        Ring ring(0);
    } catch (const std::system_error &error) {
        if (error.code().value() == EPERM || error.code().value() == ENOSYS) {
            QSKIP("No io_uring here: sysctl kernel.io_uring_disabled=0, or another kernel or sandbox");
        }
        throw;
    }
    LUNARIS_START_OR_SKIP(m_rig);
    if (!m_rig.source().reach().uring) {
        QSKIP("This kernel's tracepoint does not tell of requests: 5.18 and newer do");
    }
    m_directory = m_rig.freshDirectory();
    makeFile(m_directory + "/file");
}

void UringTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

std::uint32_t UringTest::toldFlags(const Ask &ask) const
{
    if (m_rig.knowsDescriptors()) {
        return static_cast<std::uint32_t>(ask.flags);
    }
    // An open that must not wait is tried with O_NONBLOCK, whatever the caller said; O_CLOEXEC is the
    // descriptor's, which a trampoline knows nothing of.
    const int unknown = ask.by == By::Worker ? O_CLOEXEC : O_CLOEXEC | O_NONBLOCK;
    return static_cast<std::uint32_t>(ask.flags & ~unknown);
}

/// One open, in a child; `expected` empty: what /proc says of the descriptor.
void UringTest::compare(const Ask &ask, const std::string &expected, std::uint32_t attributes)
{
    try {
        Opener opener(
            m_rig, [ask] { return must(openBy(ask), ask.name); },
            [this] { must(chdir(m_directory.c_str()), m_directory); });
        const Report report = opener.go();
        const auto opens = opener.opens();
        QCOMPARE(opens.size(), std::size_t(1));
        const SeenOpen &seen = opens.front();
        QCOMPARE(bytes(seen.path), bytes(ask.slot ? expected : opener.heldPath(report.result)));
        if (!expected.empty()) {
            QCOMPARE(bytes(seen.path), bytes(expected));
        }
        QCOMPARE(seen.fields.flags, toldFlags(ask));
        if (isForeign(opener.pid())) {
            attributes |= LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE;
        }
        QCOMPARE(QString::number(seen.fields.attributes, 16), QString::number(attributes, 16));
        // The process, not the thread that did it.
        QCOMPARE(seen.fields.header.tgid, static_cast<std::uint32_t>(opener.pid()));
        QCOMPARE(seen.fields.header.ppid, static_cast<std::uint32_t>(getpid()));
        QCOMPARE(bytes(seen.comm), QByteArray("UringTest"));
        QVERIFY(seen.fields.header.boot_ns >= report.before && seen.fields.header.boot_ns <= report.after);
        const bool knows = m_rig.knowsDescriptors() && !ask.slot;
        QCOMPARE(seen.fields.value, knows ? report.result : -1L);
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void UringTest::ways_data()
{
    QTest::addColumn<Ask>("ask");
    const std::array<std::pair<const char *, By>, 3> workers = {
        {{"by the caller", By::Caller}, {"by a worker", By::Worker}, {"by the poller", By::Poller}}};
    const std::array<std::pair<const char *, std::optional<unsigned>>, 3> targets = {
        {{"a descriptor", std::nullopt}, {"a given slot", given}, {"any slot", IORING_FILE_INDEX_ALLOC}}};
    for (const bool openat2 : {false, true}) {
        for (const auto &[target, slot] : targets) {
            for (const auto &[who, by] : workers) {
                QTest::addRow("%s, %s, %s", openat2 ? "openat2" : "openat", target, who)
                    << Ask{m_directory + "/file", O_RDWR, AT_FDCWD, openat2, slot, by};
            }
        }
    }
}

void UringTest::ways()
{
    QFETCH(Ask, ask);
    compare(ask, m_directory + "/file", LKM_ATTRIBUTE_WRITABLE);
}

void UringTest::names_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<QByteArray>("expected");
    const int directory = m_rig.marks(); // children have it, too
    struct Kind {
        const char *title;
        std::optional<unsigned> slot;
        By by;
    };
    for (const Kind &kind :
         {Kind{"a descriptor", std::nullopt, By::Caller},
          Kind{"a descriptor, by a worker", std::nullopt, By::Worker}, Kind{"a slot", given, By::Caller},
          Kind{"a slot, by a worker", given, By::Worker}}) {
        QTest::addRow("absolute, %s", kind.title)
            << Ask{m_directory + "/file", O_RDONLY, AT_FDCWD, false, kind.slot, kind.by}
            << bytes(m_directory + "/file");
        QTest::addRow("relative to the working directory, %s", kind.title)
            << Ask{"file", O_RDONLY, AT_FDCWD, true, kind.slot, kind.by} << bytes(m_directory + "/file");
        QTest::addRow("relative to a descriptor, %s", kind.title)
            << Ask{"../2/file", O_RDONLY, directory, false, kind.slot, kind.by}
            << bytes(m_directory + "/file");
    }
}

void UringTest::names()
{
    QFETCH(Ask, ask);
    QFETCH(QByteArray, expected);
    compare(ask, expected.toStdString());
}

void UringTest::flags_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<quint32>("attributes");
    const quint32 writable = LKM_ATTRIBUTE_WRITABLE;
    const quint32 created = LKM_ATTRIBUTE_CREATED;
    const std::string made = m_directory + "/made";
    const auto row = [&](const char *title, const Ask &ask, quint32 attributes) {
        for (const bool openat2 : {false, true}) {
            for (const By by : {By::Caller, By::Worker}) {
                Ask one = ask;
                one.openat2 = openat2;
                one.by = by;
                if (ask.name == made) {
                    one.name += std::to_string(2 * openat2 + (by == By::Worker)) + title;
                }
                QTest::addRow("%s, %s, %s", title, openat2 ? "openat2" : "openat",
                              by == By::Caller ? "caller" : "worker")
                    << one << attributes;
            }
        }
    };
    const std::string file = m_directory + "/file";
    row("writing", {file, O_WRONLY | O_APPEND}, writable);
    row("emptying", {file, O_RDWR | O_TRUNC}, writable);
    row("creating", {made, O_CREAT | O_EXCL | O_RDWR}, writable | created);
    row("creating, in a slot", {made, O_CREAT | O_EXCL | O_RDONLY, AT_FDCWD, false, given}, created);
    row("not waiting", {file, O_RDONLY | O_NONBLOCK}, 0);
    row("closed by exec", {file, O_RDONLY | O_CLOEXEC}, 0);
    row("a path", {file, O_PATH | O_CLOEXEC}, 0);
    row("a directory", {m_directory, O_RDONLY | O_DIRECTORY}, 0);
    row("nameless", {m_directory, O_TMPFILE | O_RDWR}, writable | LKM_ATTRIBUTE_DELETED);
}

void UringTest::flags()
{
    QFETCH(Ask, ask);
    QFETCH(quint32, attributes);
    const bool isNameless = (attributes & LKM_ATTRIBUTE_DELETED) != 0;
    if (!isNameless) {
        compare(ask, ask.name, attributes);
        return;
    }
    Opener opener(m_rig, [ask] { return must(openBy(ask), ask.name); });
    opener.go();
    const auto opens = opener.opens();
    QCOMPARE(opens.size(), std::size_t(1));
    QVERIFY2(opens.front().path.starts_with(m_directory + "/#"), opens.front().path.c_str());
    QCOMPARE(opens.front().fields.flags, toldFlags(ask));
    QCOMPARE(opens.front().fields.attributes & ~LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE, attributes);
}

void UringTest::failures_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<int>("error");
    const std::string nothing = m_directory + "/nothing";
    QTest::newRow("no such file") << Ask{nothing, O_RDWR} << ENOENT;
    QTest::newRow("no such file, openat2") << Ask{nothing, O_RDWR, AT_FDCWD, true} << ENOENT;
    QTest::newRow("no such file, in a slot") << Ask{nothing, O_RDONLY, AT_FDCWD, false, given} << ENOENT;
    QTest::newRow("no such file, by a worker")
        << Ask{nothing, O_RDONLY, AT_FDCWD, false, std::nullopt, By::Worker} << ENOENT;
    QTest::newRow("no such file, by the poller")
        << Ask{nothing, O_RDONLY, AT_FDCWD, false, std::nullopt, By::Poller} << ENOENT;
    QTest::newRow("exists") << Ask{m_directory + "/file", O_CREAT | O_EXCL | O_WRONLY} << EEXIST;
    QTest::newRow("a directory, for writing") << Ask{m_directory, O_WRONLY} << EISDIR;
    QTest::newRow("a descriptor that is none") << Ask{"file", O_RDONLY, 9999} << EBADF;
}

void UringTest::failures()
{
    QFETCH(Ask, ask);
    QFETCH(int, error);
    Opener opener(m_rig, [ask] { return openBy(ask); });
    QCOMPARE(opener.go().result, -long(error));
    QCOMPARE(opener.opens().size(), std::size_t(0));
    const auto failures = opener.failures();
    QCOMPARE(failures.size(), std::size_t(1));
    const SeenOpen &seen = failures.front();
    QCOMPARE(seen.fields.value, -std::int64_t(error));
    QCOMPARE(seen.fields.flags, static_cast<std::uint32_t>(ask.flags));
    // The kernel's copy of the name is gone when the request completes.
    QCOMPARE(bytes(seen.name), QByteArray());
    QCOMPARE(bytes(seen.path), QByteArray());
    QCOMPARE(seen.fields.attributes, std::uint32_t(LKM_ATTRIBUTE_NAME_UNREADABLE));
    QCOMPARE(bytes(seen.comm), QByteArray("UringTest"));
}

/// Whoever does not want to hear of the success keeps it from the tracepoint, too.
void UringTest::withoutCompletion()
{
    const Ask ask{m_directory + "/file"};
    Opener opener(m_rig, [ask] {
        auto *ring = new Ring(0);          // NOLINT(cppcoreguidelines-owning-memory)
        const int fd = dup(STDERR_FILENO); // the lowest that is free: what the open will get
        close(fd);
        open_how how{};
        io_uring_sqe *entry = ring->next();
        prepare(entry, ask, how);
        entry->flags |= IOSQE_CQE_SKIP_SUCCESS | IOSQE_IO_LINK;
        io_uring_prep_nop(ring->next());
        ring->submit();
        must(ring->wait(), "the request behind it");
        return long(fd);
    });
    const Report report = opener.go();
    QCOMPARE(bytes(opener.heldPath(report.result)), bytes(ask.name));
    const auto opens = opener.opens();
    if (seesCompletionsOnly()) {
        QCOMPARE(opens.size(), std::size_t(0));
    } else {
        QCOMPARE(opens.size(), std::size_t(1));
        QCOMPARE(bytes(opens.front().path), bytes(ask.name));
    }
}

void UringTest::linked_data()
{
    QTest::addColumn<int>("by");
    QTest::newRow("by the caller") << int(By::Caller);
    QTest::newRow("by a worker") << int(By::Worker);
    QTest::newRow("by the poller") << int(By::Poller);
}

/// Opened into a slot, read, closed, and the same with another file in the same slot: nobody has had a
/// descriptor.
void UringTest::linked()
{
    QFETCH(int, by);
    std::vector<Ask> asks;
    for (const char *name : {"/file", "/other"}) {
        std::ofstream(m_directory + name) << "12345678"; // less than is asked for would break the chain
        asks.push_back({m_directory + name, O_RDONLY, AT_FDCWD, false, given, static_cast<By>(by)});
    }
    Opener opener(m_rig, [asks] {
        Ring ring(setupOf(asks.front()));
        std::array<open_how, 2> how{};
        std::array<char, 8> content{};
        for (std::size_t i = 0; i < asks.size(); ++i) {
            io_uring_sqe *entry = ring.next();
            prepare(entry, asks[i], how[i]);
            entry->flags |= IOSQE_IO_LINK;
            entry = ring.next();
            io_uring_prep_read(entry, given, content.data(), content.size(), 0);
            entry->flags |= IOSQE_FIXED_FILE | IOSQE_IO_LINK;
            entry = ring.next();
            io_uring_prep_close_direct(entry, given);
            entry->flags |= i + 1 < asks.size() ? IOSQE_IO_LINK : 0U;
        }
        ring.submit();
        for (int request = 0; request < 6; ++request) {
            must(ring.wait(), "request " + std::to_string(request));
        }
        return 0L;
    });
    opener.go();
    const auto opens = opener.opens();
    QCOMPARE(opens.size(), asks.size());
    for (std::size_t i = 0; i < asks.size(); ++i) {
        QCOMPARE(bytes(opens[i].path), bytes(asks[i].name));
        QCOMPARE(opens[i].fields.value, std::int64_t(-1));
    }
}

/// The open begins when the request before it is done: on the way out of the write(2) that does it.
void UringTest::linkedWhileTheCallerIsElsewhere()
{
    const Ask ask{m_directory + "/file", O_RDWR};
    Opener opener(m_rig, [ask] {
        auto *ring = new Ring(0); // NOLINT(cppcoreguidelines-owning-memory)
        std::array<int, 2> ends{};
        must(pipe(ends.data()), "pipe");
        open_how how{};
        io_uring_sqe *entry = ring->next();
        io_uring_prep_poll_add(entry, ends[0], POLLIN); // what no worker does
        entry->flags |= IOSQE_IO_LINK;
        prepare(ring->next(), ask, how);
        ring->submit();
        must(write(ends[1], "x", 1), "writing to a pipe");
        while (ring->completed() < 2) { // looks into memory: no call of io_uring's
            getppid();
        }
        must(ring->wait(), "waiting for the pipe");
        return must(ring->wait(), ask.name);
    });
    const Report report = opener.go();
    const auto opens = opener.opens();
    QCOMPARE(opens.size(), std::size_t(1));
    QCOMPARE(bytes(opens[0].path), bytes(ask.name));
    QCOMPARE(bytes(opens[0].path), bytes(opener.heldPath(report.result)));
    QCOMPARE(opens[0].fields.flags, std::uint32_t(O_RDWR));
}

void UringTest::manyAtOnce()
{
    constexpr int count = 200;
    std::vector<Ask> asks;
    std::multiset<std::string> expected;
    for (int i = 0; i < count; ++i) {
        const std::string name = m_directory + "/many" + std::to_string(i);
        makeFile(name);
        expected.insert(name);
        asks.push_back({name, O_RDONLY, AT_FDCWD, i % 3 == 0, std::nullopt, i % 2 ? By::Worker : By::Caller});
    }
    Opener opener(m_rig, [asks] {
        Ring ring(0, count);
        std::vector<open_how> how(asks.size());
        for (std::size_t i = 0; i < asks.size(); ++i) {
            prepare(ring.next(), asks[i], how[i]);
        }
        ring.submit();
        for (const Ask &ask : asks) {
            must(ring.wait(), ask.name);
        }
        return 0L;
    });
    opener.go();
    std::multiset<std::string> seen;
    std::set<std::int64_t> descriptors;
    for (const SeenOpen &open : opener.opens()) {
        seen.insert(open.path);
        descriptors.insert(open.fields.value);
    }
    // A trampoline that interrupts another one on its CPU is left out, and counted.
    const auto skipped = m_rig.source().counters().skipped[static_cast<std::size_t>(EventType::FileOpened)];
    if (m_rig.knowsDescriptors()) {
        QVERIFY(seen == expected);
        QCOMPARE(descriptors.size(), std::size_t(count));
    } else {
        QVERIFY(std::includes(expected.begin(), expected.end(), seen.begin(), seen.end()));
        QVERIFY(seen.size() + skipped >= expected.size());
    }
}

QTEST_GUILESS_MAIN(UringTest)
#include "UringTest.moc"
