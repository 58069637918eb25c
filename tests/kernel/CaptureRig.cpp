// SPDX-License-Identifier: MIT
#include "tests/kernel/CaptureRig.h"

#include "dbus/StateReason.h"
#include "helper/normalizer/Record.h"
#include "helper/source/Readiness.h"
#include "tests/kernel/LackingKernel.h"

#include <QLoggingCategory>
#include <QTest>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sched.h>
#include <stdexcept>
#include <sys/mount.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace lunaris
{

namespace
{

std::optional<ino_t> mountNamespace(const std::string &process)
{
    struct stat facts {
    };
    if (stat(("/proc/" + process + "/ns/mnt").c_str(), &facts) != 0) {
        return std::nullopt;
    }
    return facts.st_ino;
}

} // namespace

bool isEmulated()
{
    return qEnvironmentVariableIsSet("LUNARIS_VM");
}

long must(long result, const std::string &what)
{
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return result;
}

void makeFile(const std::string &path, unsigned mode)
{
    const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600), path));
    must(fchmod(fd, mode), path); // whatever the umask
    close(fd);
}

void openOnce(const std::string &path, int flags)
{
    const int fd = open(path.c_str(), flags | O_CLOEXEC, 0644);
    must(fd, path);
    close(fd);
}

bool isForeign(pid_t process)
{
    // Whoever may not look at init has to take its own namespace for the machine's; so does BpfSource.
    auto host = mountNamespace("1");
    if (!host) {
        host = mountNamespace("self");
    }
    return mountNamespace(std::to_string(process)) != host;
}

std::optional<SeenOpen> seenOpen(std::span<const std::byte> record)
{
    const auto read = readRecord(record);
    if (!read ||
        (read->fields.header.type != LKM_RECORD_OPEN && read->fields.header.type != LKM_RECORD_OPEN_FAILED)) {
        return std::nullopt;
    }
    return SeenOpen{read->fields, std::string(read->comm), std::string(read->path), std::string(read->name)};
}

CaptureRig::CaptureRig(EventTypes wanted) : m_wanted(wanted) {}

CaptureRig::~CaptureRig()
{
    m_source.reset();
    if (m_directory.empty()) {
        return;
    }
    close(m_marks);
    // The namespace ends with the process, the directory below the tmpfs would stay.
    umount2(m_directory.c_str(), MNT_DETACH);
    rmdir(m_directory.c_str());
}

void CaptureRig::enterPrivateNamespace()
{
    must(unshare(CLONE_NEWNS), "unshare");
    must(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "making / private");
    struct Needed {
        const char *type;
        const char *place;
        const char *sign; ///< is there once it is mounted
    };
    for (const Needed &needed :
         {Needed{"proc", "/proc", "/proc/self/fd"}, Needed{"sysfs", "/sys", "/sys/kernel"},
          Needed{"tracefs", "/sys/kernel/tracing", "/sys/kernel/tracing/events"}}) {
        if (access(needed.sign, F_OK) != 0) {
            mkdir(needed.place, 0755);
            // A kernel without tracing has no tracefs: that is for the readiness probe to say.
            if (mount(needed.type, needed.place, needed.type, 0, nullptr) != 0 && errno != ENODEV) {
                must(-1, needed.place);
            }
        }
    }
}

QString CaptureRig::start()
{
    if (geteuid() != 0) {
        return QStringLiteral("Only root can load programs into the kernel: run this test as root");
    }
    // libbpf tells every relocation.
    QLoggingCategory::setFilterRules(QStringLiteral("lunaris.kernel.source.debug=false\n"
                                                    "lunaris.kernel.source.info=false"));
    enterPrivateNamespace();

    // The kernel counts processes from init's namespace: neither BpfSource nor its tests could tell
    // which are their own from another one.
    constexpr ino_t initialPidNamespace = 0xEFFFFFFC; // PROC_PID_INIT_INO in include/linux/proc_ns.h
    struct stat facts {
    };
    must(stat("/proc/self/ns/pid", &facts), "the PID namespace");
    if (facts.st_ino != initialPidNamespace) {
        return QStringLiteral("This is a PID namespace: run this test outside of it");
    }

    std::string place = access("/tmp", W_OK) == 0 ? "/tmp/lunaris-kernel-XXXXXX" : "/lunaris-kernel-XXXXXX";
    if (!mkdtemp(place.data())) {
        must(-1, place);
    }
    m_directory = place;
    must(mount("lunaris-kernel", m_directory.c_str(), "tmpfs", 0, "mode=0755,nr_inodes=0"), "tmpfs");
    if (!lackingNames().empty()) {
        hideLackingNames(m_directory);
    }
    const std::string marks = freshDirectory();
    must(chmod(marks.c_str(), 0777), marks); // children that are not root make theirs, too
    m_marks = static_cast<int>(must(open(marks.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), marks));

    replaceSource();
    if (const auto failure = m_source->start(*this)) {
        if (failure->reason != dbus::reason::programRejected) {
            return failure->sentence;
        }
        throw std::runtime_error(failure->sentence.toStdString());
    }
    return {};
}

CaptureOptions CaptureRig::chosenOptions()
{
    using Method = CaptureOptions::Method;
    const QByteArray name = qgetenv("LUNARIS_CAPTURE_METHOD");
    CaptureOptions options;
    if (name == "tracepoint") {
        options.method = Method::Tracepoint;
    } else if (name == "trampoline") {
        options.method = Method::Trampoline;
    } else if (!name.isEmpty() && name != "automatic") {
        throw std::runtime_error("LUNARIS_CAPTURE_METHOD is no capture method: " + name.toStdString());
    }
    return options;
}

void CaptureRig::setOptions(const CaptureOptions &options)
{
    m_options = options;
    if (options.method == CaptureOptions::Method::Automatic) {
        m_options->method = chosenOptions().method;
    }
}

void CaptureRig::replaceSource(const CaptureOptions &options)
{
    setOptions(options);
    replaceSource();
}

void CaptureRig::replaceSource()
{
    m_source.reset();
    m_source = std::make_unique<BpfSource>(m_options ? *m_options : chosenOptions());
    static_cast<void>(m_source->setWanted(m_wanted)); // not started
}

bool CaptureRig::knowsDescriptors() const
{
    // A trampoline sits before the descriptor is given out.
    return m_source->method() == QLatin1String("tracepoint");
}

std::string CaptureRig::freshDirectory()
{
    std::string path = m_directory + "/" + std::to_string(++m_fresh);
    must(mkdir(path.c_str(), 0755), path);
    must(chmod(path.c_str(), 0755), path);
    return path;
}

std::uint64_t CaptureRig::gaps() const
{
    std::uint64_t gaps = 0;
    for (const auto &[cpu, sequence] : m_sequences) {
        gaps += sequence.last - sequence.first + 1 - sequence.records;
    }
    return gaps;
}

bool CaptureRig::waitUntil(const std::function<bool()> &done)
{
    return QTest::qWaitFor(done, 30'000);
}

void CaptureRig::record(std::span<const std::byte> bytes)
{
    if (m_other) {
        m_other->record(bytes);
    }
    lkm_record_header header{};
    if (bytes.size() < sizeof(header)) {
        ++m_malformed;
        return;
    }
    std::memcpy(&header, bytes.data(), sizeof(header));
    // Who was there before us was not told through the ring.
    if (header.type != LKM_RECORD_RUNNING) {
        Sequence &sequence =
            m_sequences.try_emplace(header.cpu, Sequence{header.sequence, 0, 0}).first->second;
        sequence.last = header.sequence;
        ++sequence.records;
    }
    if (header.type != LKM_RECORD_OPEN && header.type != LKM_RECORD_OPEN_FAILED) {
        return;
    }
    if (auto open = seenOpen(bytes)) {
        (header.type == LKM_RECORD_OPEN ? m_seen : m_failed).push_back(std::move(*open));
    } else {
        ++m_malformed;
    }
}

void CaptureRig::endOfBatch()
{
    if (m_other) {
        m_other->endOfBatch();
    }
}

} // namespace lunaris
