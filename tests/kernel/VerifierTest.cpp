// SPDX-License-Identifier: MIT
//
// What the verifier has to walk through for each program. The kernel gives up at a million, and
// versions differ: whoever comes near is one kernel update away from being rejected. Long before that,
// loading takes a second for each program.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/LackingKernel.h"
#include "tests/kernel/Programs.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace lunaris;

namespace
{

constexpr std::uint32_t limit = 30'000;

/// Without bpf_loop() it walks every turn of each loop.
constexpr std::uint32_t limitOfBoundedLoops = 300'000;

} // namespace

class VerifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyProgramStaysUnderTheLimit();
};

/// Of both capture methods, where this kernel allows both, and with what is off by default.
void VerifierTest::everyProgramStaysUnderTheLimit()
{
    CaptureOptions options;
    options.compat = true;
    CaptureRig rig;
    rig.setOptions(options);
    LUNARIS_START_OR_SKIP(rig);
    const auto programs = heldPrograms();
    QVERIFY(!programs.empty());
    const bool loopsAreBounded = lackingNames().find("BPF_FUNC_loop") != std::string::npos;
    std::uint32_t most = 0;
    std::set<std::string> names;
    for (const auto &[id, info] : programs) {
        names.insert(info.name);
        qInfo("%-16s %7u verified, %6u in the program, %6u bytes of machine code", info.name,
              info.verified_insns, info.xlated_prog_len / 8, info.jited_prog_len);
        QVERIFY2(info.verified_insns <= (loopsAreBounded ? limitOfBoundedLoops : limit), info.name);
        most = std::max(most, info.verified_insns);
        if (info.verified_insns == 0) {
            QSKIP("This kernel does not tell what the verifier did: 5.16 and newer do");
        }
    }
    QVERIFY(!loopsAreBounded || most > limit); // or they were not those that were meant
    // The kernel keeps 15 bytes of a name.
    for (const char *name : {"open_openat", "open_uring", "compat_open", "step_tell"}) {
        QVERIFY2(names.contains(name), name);
    }
    if (rig.source().reach().trampolines) {
        QVERIFY(names.contains("trampoline_open"));
        QVERIFY(names.contains("trampoline_by_h"));
    } else {
        qInfo("Left out: the trampolines, which this kernel does not allow");
    }
}

QTEST_GUILESS_MAIN(VerifierTest)
#include "VerifierTest.moc"
