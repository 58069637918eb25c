// SPDX-License-Identifier: MIT
//
// Started, stopped, started again; who is left out; what is left behind.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"
#include "tests/kernel/Programs.h"

#include <QTest>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

std::size_t openDescriptors()
{
    const std::filesystem::directory_iterator entries("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

bool isLoaded(std::uint32_t program)
{
    const int fd = bpf_prog_get_fd_by_id(program);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

} // namespace

/// Each test finds the source running and leaves it so: loading the programs is what takes time.
class LifecycleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void ownProcessIsLeftOut();
    void peerIsLeftOut();
    void peerIsLeftOutFromTheStart();
    void startedAndStoppedTenTimes();
    void stopHandsOutWhatWasRecorded();
    void stoppedTwice();
    void nothingIsLeftBehind_data();
    void nothingIsLeftBehind();
    void twoSourcesAtOnce();

private:
    /// Creates another file each time, and holds it until the next.
    Opener::Act creating();
    void startSource();

    CaptureRig m_rig;
};

void LifecycleTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void LifecycleTest::cleanup()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void LifecycleTest::startSource()
{
    const auto failure = m_rig.source().start(m_rig);
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
}

Opener::Act LifecycleTest::creating()
{
    return [directory = m_rig.freshDirectory(), made = 0]() mutable {
        const std::string name = directory + "/" + std::to_string(made++);
        const long fd = must(open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600), name);
        close(static_cast<int>(fd));
        return fd;
    };
}

void LifecycleTest::ownProcessIsLeftOut()
{
    Opener other(m_rig, creating());
    makeFile(m_rig.directory() + "/own");
    other.go();
    QCOMPARE(other.opens().size(), std::size_t(1)); // came later than our own would have
    for (const SeenOpen &seen : m_rig.seen()) {
        QVERIFY(seen.fields.header.tgid != static_cast<std::uint32_t>(getpid()));
    }
}

void LifecycleTest::peerIsLeftOut()
{
    Opener peer(m_rig, creating());
    Opener other(m_rig, creating());
    peer.go();
    QCOMPARE(peer.opens().size(), std::size_t(1));

    m_rig.source().ignorePeer(peer.pid());
    peer.go();
    other.go();
    QCOMPARE(other.opens().size(), std::size_t(1));
    QCOMPARE(peer.everything().size(), std::size_t(0));

    m_rig.source().ignorePeer(0);
    peer.go();
    QCOMPARE(peer.opens().size(), std::size_t(1));
}

void LifecycleTest::peerIsLeftOutFromTheStart()
{
    m_rig.replaceSource();
    Opener peer(m_rig, creating());
    Opener other(m_rig, creating());
    m_rig.source().ignorePeer(peer.pid());
    startSource();
    peer.go();
    other.go();
    QCOMPARE(other.opens().size(), std::size_t(1));
    QCOMPARE(peer.everything().size(), std::size_t(0));
}

void LifecycleTest::startedAndStoppedTenTimes()
{
    Opener opener(m_rig, creating());
    opener.go();
    QCOMPARE(opener.opens().size(), std::size_t(1));
    const std::size_t descriptors = openDescriptors();
    const std::size_t programs = heldPrograms().size();
    for (int round = 0; round < 10; ++round) {
        m_rig.source().stop();
        opener.go();
        QTest::qWait(1);
        QCOMPARE(opener.everything().size(), std::size_t(0));

        startSource();
        QCOMPARE(opener.everything().size(), std::size_t(0));
        opener.go();
        const auto opens = opener.opens();
        QCOMPARE(opens.size(), std::size_t(1)); // two, if the programs were attached twice
        QVERIFY2(opens[0].path.ends_with("/" + std::to_string(2 * round + 2)), opens[0].path.c_str());
        QCOMPARE(opener.everything().size(), std::size_t(3));
    }
    QCOMPARE(openDescriptors(), descriptors);
    QCOMPARE(heldPrograms().size(), programs);
}

void LifecycleTest::stopHandsOutWhatWasRecorded()
{
    Opener opener(m_rig, creating());
    opener.go();
    m_rig.source().stop();
    QVERIFY(!opener.everything().empty()); // the event loop did not run
    QCOMPARE(opener.opens().size(), std::size_t(1));
    startSource();
}

void LifecycleTest::stoppedTwice()
{
    Opener opener(m_rig, creating());
    m_rig.source().stop();
    m_rig.source().stop();
    startSource();
    opener.go();
    QCOMPARE(opener.opens().size(), std::size_t(1));
}

void LifecycleTest::nothingIsLeftBehind_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::newRow("stopped before") << true;
    QTest::newRow("destroyed while it runs") << false;
}

void LifecycleTest::nothingIsLeftBehind()
{
    QFETCH(bool, isStopped);
    const auto programs = heldPrograms();
    QVERIFY(!programs.empty());
    if (isStopped) {
        m_rig.source().stop();
    }
    m_rig.replaceSource();
    QCOMPARE(heldPrograms().size(), std::size_t(0));
    for (const auto &[id, info] : programs) {
        // The kernel frees them when no processor can be in one any more.
        QVERIFY2(CaptureRig::waitUntil([program = id] { return !isLoaded(program); }), info.name);
    }
    startSource();
}

void LifecycleTest::twoSourcesAtOnce()
{
    class Counting : public RecordSink
    {
    public:
        void record(std::span<const std::byte>) override { ++records; }
        void endOfBatch() override {}
        int records = 0;
    };
    Counting sink;
    BpfSource second;
    QVERIFY(!second.setWanted(EventTypes::all()));
    QVERIFY(!second.start(sink));
    Opener opener(m_rig, creating());
    opener.go();
    QCOMPARE(opener.opens().size(), std::size_t(1));
    second.stop();
    const int records = sink.records;
    QVERIFY(records >= 3); // the machine's other opens, too
    opener.go();
    QCOMPARE(opener.opens().size(), std::size_t(1));
    QCOMPARE(sink.records, records);
}

QTEST_GUILESS_MAIN(LifecycleTest)
#include "LifecycleTest.moc"
