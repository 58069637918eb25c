// SPDX-License-Identifier: MIT
//
// What the verifier has to walk through for each program. The kernel gives up at a million, and
// versions differ: whoever comes near the limit here is one kernel update away from being rejected.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Programs.h"

#include <QTest>

using namespace lunaris;

namespace
{

constexpr std::uint32_t limit = 300'000;

} // namespace

class VerifierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyProgramStaysUnderTheLimit();
};

void VerifierTest::everyProgramStaysUnderTheLimit()
{
    CaptureRig rig;
    LUNARIS_START_OR_SKIP(rig);
    const auto programs = heldPrograms();
    QVERIFY(!programs.empty());
    for (const auto &[id, info] : programs) {
        qInfo("%-16s %7u verified, %6u in the program, %6u bytes of machine code", info.name,
              info.verified_insns, info.xlated_prog_len / 8, info.jited_prog_len);
        QVERIFY2(info.verified_insns <= limit, info.name);
        if (info.verified_insns == 0) {
            QSKIP("This kernel does not tell what the verifier did: 5.16 and newer do");
        }
    }
}

QTEST_GUILESS_MAIN(VerifierTest)
#include "VerifierTest.moc"
