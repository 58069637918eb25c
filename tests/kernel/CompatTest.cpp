// SPDX-License-Identifier: MIT
//
// Opens in the way of 32-bit programs, which 64-bit ones can make, too: by int $0x80.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/FileHandle.h"
#include "tests/kernel/Opener.h"

#include <QTest>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

/// arch/x86/entry/syscalls/syscall_32.tbl
enum Call : std::uint32_t {
    Open = 5,
    Creat = 8,
    GetPid = 20,
    OpenAt = 295,
    OpenByHandleAt = 342,
    OpenAt2 = 437
};

int compatCall(Call call, std::uint32_t first = 0, std::uint32_t second = 0, std::uint32_t third = 0,
               std::uint32_t fourth = 0)
{
    int result = call;
    asm volatile("int $0x80" // NOLINT(hicpp-no-assembler)
                 : "+a"(result)
                 : "b"(first), "c"(second), "d"(third), "S"(fourth)
                 : "memory", "r8", "r9", "r10", "r11");
    errno = result < 0 ? -result : 0;
    return result;
}

/// A page that 32 bits can say the address of.
class LowMemory
{
public:
    LowMemory()
    {
        void *page =
            mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
        if (page == MAP_FAILED) {
            must(-1, "memory below 4 GiB");
        }
        m_next = static_cast<char *>(page);
    }

    std::uint32_t add(const void *bytes, std::size_t count)
    {
        char *place = m_next;
        std::memcpy(place, bytes, count);
        m_next += (count + 7) & ~std::size_t{7};
        return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(place));
    }
    std::uint32_t add(const std::string &text) { return add(text.c_str(), text.size() + 1); }

private:
    static constexpr std::size_t size = 65536;
    char *m_next = nullptr;
};

/// Whether the kernel answers: tried in a child, which it kills otherwise.
bool isThere()
{
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        _exit(compatCall(GetPid) == getpid() ? 0 : 1);
    }
    int status = -1;
    must(waitpid(child, &status, 0), "waiting for a child");
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int openByHandle(LowMemory &memory, const std::string &path, int flags, bool isStale)
{
    FileHandle handle(path);
    must(handle.isValid() ? 0 : -1, "the handle of " + path);
    if (isStale) {
        std::memset(handle.get()->f_handle, 0xff, handle.get()->handle_bytes); // nobody's number
    }
    const std::string parent = path.substr(0, path.rfind('/'));
    const auto directory =
        static_cast<std::uint32_t>(must(open(parent.c_str(), O_RDONLY | O_DIRECTORY), parent));
    return compatCall(OpenByHandleAt, directory, memory.add(handle.get(), FileHandle::size),
                      static_cast<std::uint32_t>(flags));
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

struct Case {
    Call call = Open;
    bool fails = false;
    bool isRelative = false;
};

constexpr int creatFlags = O_CREAT | O_WRONLY | O_TRUNC;

int flagsOf(const Case &c)
{
    return c.call == Creat ? creatFlags : c.call == OpenAt ? O_RDWR | O_CLOEXEC : O_RDWR | O_APPEND;
}

/// `name` in the working directory, or absolute.
long act(const Case &c, const std::string &name)
{
    LowMemory memory;
    const auto flags = static_cast<std::uint32_t>(flagsOf(c));
    const auto here = static_cast<std::uint32_t>(AT_FDCWD);
    switch (c.call) {
    case Open:
        return compatCall(Open, memory.add(name), flags);
    case Creat:
        return compatCall(Creat, memory.add(name), 0600);
    case OpenAt:
        return compatCall(OpenAt, here, memory.add(name), flags);
    case OpenAt2: {
        open_how how{};
        how.flags = flags;
        return compatCall(OpenAt2, here, memory.add(name), memory.add(&how, sizeof(how)), sizeof(how));
    }
    case OpenByHandleAt:
        return openByHandle(memory, name, static_cast<int>(flags), c.fails);
    case GetPid:
        break;
    }
    return -1;
}

} // namespace

Q_DECLARE_METATYPE(Case)

class CompatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void calls_data();
    void calls();
    void nobodyIsToldTwice();

private:
    void switchTo(bool compat);
    void expectOpen(const Case &what);
    void expectFailure(const Case &what);

    CaptureRig m_rig;
    bool m_compat = false;
    std::string m_directory;
};

void CompatTest::initTestCase()
{
    if (!isThere()) {
        QSKIP("This kernel takes no 32-bit calls: it is built without IA32_EMULATION, or ia32_emulation=0");
    }
    LUNARIS_START_OR_SKIP(m_rig);
    m_directory = m_rig.freshDirectory();
    makeFile(m_directory + "/file");
}

void CompatTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void CompatTest::switchTo(bool compat)
{
    if (compat == m_compat) {
        return;
    }
    CaptureOptions options;
    options.compat = compat;
    m_rig.setOptions(options);
    m_rig.replaceSource();
    const auto failure = m_rig.source().start(m_rig);
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
    m_compat = compat;
}

void CompatTest::calls_data()
{
    QTest::addColumn<bool>("compat");
    QTest::addColumn<Case>("what");
    for (const bool compat : {false, true}) { // loading the programs is what takes time: once for each
        for (const bool fails : {false, true}) {
            const auto row = [=](const char *title, Call call, bool isRelative = false) {
                QTest::addRow("%s, %s%s", compat ? "on" : "off", title, fails ? ", failing" : "")
                    << compat << Case{call, fails, isRelative};
            };
            row("open", Open);
            row("open, relative", Open, true);
            row("creat", Creat);
            row("openat", OpenAt);
            row("openat, relative", OpenAt, true);
            row("openat2", OpenAt2);
            row("open_by_handle_at", OpenByHandleAt);
        }
    }
}

void CompatTest::calls()
{
    QFETCH(bool, compat);
    QFETCH(Case, what);
    switchTo(compat);
    if (what.fails) {
        expectFailure(what);
    } else {
        expectOpen(what);
    }
}

void CompatTest::expectOpen(const Case &what)
{
    const std::string file = m_directory + "/file";
    Opener opener(
        m_rig, [=] { return must(act(what, what.isRelative ? "file" : file), file); },
        [this] { must(chdir(m_directory.c_str()), m_directory); });
    const Report report = opener.go();
    QCOMPARE(bytes(opener.heldPath(report.result)), bytes(file));
    std::vector<SeenOpen> opens = opener.opens();
    // The directory of the handle is opened in the usual way.
    std::erase_if(opens, [this](const SeenOpen &seen) { return seen.path == m_directory; });
    if (!m_compat && m_rig.knowsDescriptors()) {
        QCOMPARE(opens.size(), std::size_t(0));
        return;
    }
    QCOMPARE(opens.size(), std::size_t(1));
    const SeenOpen &seen = opens.front();
    QCOMPARE(bytes(seen.path), bytes(file));
    QCOMPARE(seen.fields.flags, static_cast<std::uint32_t>(flagsOf(what)));
    QCOMPARE(seen.fields.value, m_rig.knowsDescriptors() ? report.result : -1L);
    std::uint32_t attributes = LKM_ATTRIBUTE_WRITABLE;
    if (isForeign(opener.pid())) {
        attributes |= LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE;
    }
    QCOMPARE(QString::number(seen.fields.attributes, 16), QString::number(attributes, 16));
    QVERIFY(opener.failures().empty());
}

void CompatTest::expectFailure(const Case &what)
{
    const bool byHandle = what.call == OpenByHandleAt;
    // creat makes what is not there; a directory it cannot write.
    const std::string name = what.call == Creat ? ".." : byHandle ? "file" : "nothing";
    const std::string asked = what.isRelative ? name : m_directory + "/" + name;
    Opener opener(
        m_rig, [=] { return act(what, asked); }, [this] { must(chdir(m_directory.c_str()), m_directory); });
    const Report report = opener.go();
    QVERIFY2(report.result < 0, "It has opened something");
    opener.opens();
    const auto failures = opener.failures();
    // Without a name there is nothing to tell.
    if (!m_compat || byHandle) {
        QCOMPARE(failures.size(), std::size_t(0));
        return;
    }
    QCOMPARE(failures.size(), std::size_t(1));
    const SeenOpen &seen = failures.front();
    QCOMPARE(bytes(seen.name), bytes(asked));
    QCOMPARE(bytes(seen.path), what.isRelative ? bytes(m_directory) : QByteArray());
    QCOMPARE(seen.fields.value, report.result);
    QCOMPARE(seen.fields.flags, static_cast<std::uint32_t>(flagsOf(what)));
}

/// What is a 64-bit call to the tracepoint of that call is one to the hook on all calls, too.
void CompatTest::nobodyIsToldTwice()
{
    switchTo(true);
    const std::string file = m_directory + "/file";
    Opener opener(m_rig, [file] {
        for (int i = 0; i < 10; ++i) {
            must(open(file.c_str(), O_RDONLY | O_CLOEXEC), file);
            must(act({Open}, file), file);
            if (open((file + "/").c_str(), O_RDONLY) >= 0) {
                must(-1, "a file that is a directory");
            }
        }
        return 0L;
    });
    opener.go();
    const auto opens = opener.opens();
    QCOMPARE(opens.size(), std::size_t(20));
    for (std::size_t i = 0; i < opens.size(); ++i) {
        QCOMPARE(opens[i].fields.flags,
                 static_cast<std::uint32_t>(i % 2 == 0 ? O_RDONLY | O_CLOEXEC : flagsOf({Open})));
    }
    QCOMPARE(opener.failures().size(), std::size_t(10));
}

QTEST_GUILESS_MAIN(CompatTest)
#include "CompatTest.moc"
