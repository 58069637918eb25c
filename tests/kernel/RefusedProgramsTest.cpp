// SPDX-License-Identifier: MIT
//
// A kernel that takes some of the programs and refuses others: the real one, but for what syscall() below
// answers in its place.
#include "dbus/StateReason.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"

#include <QTest>
#include <bpf/bpf.h>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

enum class Step { Load, Attach };

/// Programs whose names begin so are refused at this step.
struct Refusal {
    Step step = Step::Load;
    std::vector<std::string> prefixes;

    bool concerns(Step asked, const char *name) const
    {
        return asked == step && std::any_of(prefixes.begin(), prefixes.end(), [name](const auto &prefix) {
                   return std::string_view(name).starts_with(prefix);
               });
    }
} refusal;

std::string nameOfProgram(std::uint32_t fd)
{
    bpf_prog_info info{};
    std::uint32_t size = sizeof(info);
    return bpf_obj_get_info_by_fd(static_cast<int>(fd), &info, &size) == 0 ? info.name : std::string();
}

bool isRefused(long command, const bpf_attr &attributes)
{
    switch (command) {
    case BPF_PROG_LOAD:
        return refusal.concerns(Step::Load, attributes.prog_name);
    case BPF_LINK_CREATE:
        return refusal.concerns(Step::Attach, nameOfProgram(attributes.link_create.prog_fd).c_str());
    case BPF_RAW_TRACEPOINT_OPEN:
        return refusal.concerns(Step::Attach, nameOfProgram(attributes.raw_tracepoint.prog_fd).c_str());
    default:
        return false;
    }
}

} // namespace

/// In the place of the C library's, for libbpf, too: it has no other way to bpf(2).
long syscall(long number, ...) noexcept
{
    va_list list;
    va_start(list, number);
    std::array<long, 6> arguments{};
    for (long &argument : arguments) {
        argument = va_arg(list, long);
    }
    va_end(list);
    if (number == SYS_bpf && isRefused(arguments[0], *reinterpret_cast<const bpf_attr *>(arguments[1]))) {
        errno = EACCES;
        return -1;
    }
    using Syscall = long (*)(long, ...);
    static const auto real = reinterpret_cast<Syscall>(dlsym(RTLD_NEXT, "syscall"));
    return real(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

class RefusedProgramsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void theRestIsCaptured_data();
    void theRestIsCaptured();
    void withoutTrampolinesThereAreTracepoints();
    void withoutWhoIsWhoThereIsNothing_data();
    void withoutWhoIsWhoThereIsNothing();
    void whatWasRefusedIsTriedAgain();

private:
    bool seesOpens();

    CaptureRig m_rig;
};

void RefusedProgramsTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void RefusedProgramsTest::init()
{
    refusal = {};
    m_rig.replaceSource();
}

bool RefusedProgramsTest::seesOpens()
{
    Opener opener(m_rig, [directory = m_rig.freshDirectory()] {
        const std::string name = directory + "/file";
        const long fd = must(open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600), name);
        close(static_cast<int>(fd));
        return fd;
    });
    opener.go();
    return opener.opens().size() == 1;
}

void RefusedProgramsTest::theRestIsCaptured_data()
{
    QTest::addColumn<bool>("attaches");
    QTest::addColumn<QStringList>("prefixes");
    QTest::addColumn<QString>("missing");
    const QString network = QStringLiteral("network_");
    const QString write = QStringLiteral("write_");
    for (const bool attaches : {false, true}) {
        const char *step = attaches ? "attach" : "load";
        QTest::addRow("network, %s", step)
            << attaches << QStringList{network} << QStringLiteral("network.connect, network.accept");
        QTest::addRow("writes, %s", step) << attaches << QStringList{write} << QStringLiteral("file.written");
        QTest::addRow("both, %s", step) << attaches << QStringList{network, write}
                                        << QStringLiteral("file.written, network.connect, network.accept");
    }
}

void RefusedProgramsTest::theRestIsCaptured()
{
    QFETCH(bool, attaches);
    QFETCH(QStringList, prefixes);
    QFETCH(QString, missing);
    refusal.step = attaches ? Step::Attach : Step::Load;
    for (const QString &prefix : prefixes) {
        refusal.prefixes.push_back(prefix.toStdString());
    }
    BpfSource &source = m_rig.source();
    QVERIFY(!source.start(m_rig));
    QCOMPARE(QString::fromStdString(source.missing().names()), missing);
    QVERIFY(seesOpens());
    // Nothing is missing that nobody wants.
    QVERIFY(!source.setWanted(EventTypes().with(EventType::FileOpened)));
    QVERIFY(source.missing().isEmpty());
    QVERIFY(seesOpens());
}

void RefusedProgramsTest::withoutTrampolinesThereAreTracepoints()
{
    if (CaptureRig::chosenOptions().method == CaptureOptions::Method::Trampoline) {
        CaptureOptions automatic = CaptureRig::chosenOptions();
        automatic.method = CaptureOptions::Method::Automatic;
        m_rig.replaceSource(automatic);
    }
    refusal.prefixes = {"trampoline_"};
    QVERIFY(!m_rig.source().start(m_rig));
    QCOMPARE(m_rig.source().method(), QStringLiteral("tracepoint"));
    QVERIFY(m_rig.source().missing().isEmpty());
    QVERIFY(seesOpens());
}

void RefusedProgramsTest::withoutWhoIsWhoThereIsNothing_data()
{
    QTest::addColumn<bool>("attaches");
    QTest::newRow("load") << false;
    QTest::newRow("attach") << true;
}

void RefusedProgramsTest::withoutWhoIsWhoThereIsNothing()
{
    QFETCH(bool, attaches);
    refusal = {attaches ? Step::Attach : Step::Load, {"process_"}};
    const auto failure = m_rig.source().start(m_rig);
    QVERIFY(failure);
    QCOMPARE(failure->reason, QString(dbus::reason::programRejected));
    refusal = {};
    QVERIFY(!m_rig.source().start(m_rig));
    QVERIFY(seesOpens());
}

void RefusedProgramsTest::whatWasRefusedIsTriedAgain()
{
    refusal = {Step::Attach, {"network_", "process_"}};
    BpfSource &source = m_rig.source();
    QVERIFY(!source.setWanted({}));
    QVERIFY(!source.start(m_rig)); // nobody wants anything
    const auto failure = source.setWanted(EventTypes::all());
    QVERIFY(failure);
    QCOMPARE(failure->reason, QString(dbus::reason::programRejected));

    refusal.prefixes = {"network_"};
    QVERIFY(!source.start(m_rig));
    QVERIFY(source.missing() == EventTypes().with(EventType::NetworkConnect).with(EventType::NetworkAccept));
    refusal = {};
    QVERIFY(!source.start(m_rig));
    QVERIFY(source.missing().isEmpty());
    QVERIFY(seesOpens());
}

QTEST_GUILESS_MAIN(RefusedProgramsTest)
#include "RefusedProgramsTest.moc"
