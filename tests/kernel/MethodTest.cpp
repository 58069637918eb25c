// SPDX-License-Identifier: MIT
//
// Both capture methods watch the same processes at the same time: what one tells the other tells, but for
// the descriptor. And which of them it is, where the kernel allows only one.
#include "dbus/StateReason.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/KernelOpens.h"
#include "tests/kernel/Opener.h"
#include "tests/kernel/Situation.h"

#include <QTest>
#include <cstring>
#include <map>
#include <random>
#include <unistd.h>

using namespace lunaris;

namespace
{

using Method = CaptureOptions::Method;

CaptureOptions optionsFor(Method method)
{
    CaptureOptions options;
    options.method = method;
    return options;
}

/// All that a record says, but when it was made, where it was in the ring, and the descriptor.
QString describe(SeenOpen seen)
{
    lkm_record &fields = seen.fields;
    fields.header.cpu = 0;
    fields.header.sequence = 0;
    fields.header.boot_ns = 0;
    if (fields.header.type == LKM_RECORD_OPEN) {
        fields.value = 0;
    }
    const QByteArray all(reinterpret_cast<const char *>(&fields), sizeof(fields));
    return QStringLiteral("%1 |%2| flags %3 attributes %4 value %5, %6")
        .arg(QString::fromLatin1(QByteArray::fromStdString(seen.path).toPercentEncoding("/")),
             QString::fromLatin1(QByteArray::fromStdString(seen.name).toPercentEncoding("/")))
        .arg(fields.flags, 0, 8)
        .arg(fields.attributes, 0, 16)
        .arg(fields.value)
        .arg(QString::fromLatin1(all.toHex()));
}

/// What the second method tells, and who has started whom.
class Witness final : public RecordSink
{
public:
    void record(std::span<const std::byte> bytes) override
    {
        lkm_record_header header{};
        std::memcpy(&header, bytes.data(), std::min(sizeof(header), bytes.size()));
        if (header.type == LKM_RECORD_FORK) {
            m_parents[header.tgid] = header.ppid;
        } else if (const auto open = seenOpen(bytes)) {
            m_opens.push_back(*open);
        }
    }
    void endOfBatch() override {}

    const std::vector<SeenOpen> &opens() const { return m_opens; }
    void forget() { m_opens.clear(); }

    bool descends(std::uint32_t process, std::uint32_t from) const
    {
        while (process != from) {
            const auto parent = m_parents.find(process);
            if (parent == m_parents.end()) {
                return false;
            }
            process = parent->second;
        }
        return true;
    }

private:
    std::vector<SeenOpen> m_opens;
    std::map<std::uint32_t, std::uint32_t> m_parents;
};

/// Throws what differs first.
void requireSame(const QStringList &byTracepoint, const QStringList &byTrampoline)
{
    for (qsizetype i = 0; i < std::max(byTracepoint.size(), byTrampoline.size()); ++i) {
        const QString one = byTracepoint.value(i, QStringLiteral("nothing more"));
        const QString other = byTrampoline.value(i, QStringLiteral("nothing more"));
        if (one != other) {
            throw std::runtime_error("The first that differs:\n  tracepoint " + one.toStdString() +
                                     "\n  trampoline " + other.toStdString());
        }
    }
}

} // namespace

class MethodTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void choice();
    void forcedTrampoline();
    void agreement_data();
    void agreement();

private:
    bool isAllowed() { return m_rig.source().reach().trampolines; }
    bool compareOnce(const Situation &situation);
    QStringList told(const std::vector<SeenOpen> &all, std::size_t from, int type,
                     const Opener &opener) const;
    std::uint64_t skipped() const;

    CaptureRig m_rig; ///< by tracepoints
    Witness m_witness;
    std::unique_ptr<BpfSource> m_second; ///< by trampolines
    std::vector<Situation> m_situations;
};

void MethodTest::initTestCase()
{
    m_rig.setOptions(optionsFor(Method::Tracepoint));
    LUNARIS_START_OR_SKIP(m_rig);
    QCOMPARE(m_rig.source().method(), QStringLiteral("tracepoint"));
}

void MethodTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void MethodTest::choice()
{
    auto source = std::make_unique<BpfSource>();
    QVERIFY(!source->setWanted(EventTypes::all()));
    const auto failure = source->start(m_witness);
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
    QCOMPARE(source->method(), isAllowed() ? QStringLiteral("trampoline") : QStringLiteral("tracepoint"));
    QCOMPARE(source->reach().trampolines, isAllowed());
    if (isAllowed()) {
        m_second = std::move(source);
    }
}

void MethodTest::forcedTrampoline()
{
    BpfSource source(optionsFor(Method::Trampoline));
    const auto failure = source.start(m_witness);
    if (isAllowed()) {
        QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
        QCOMPARE(source.method(), QStringLiteral("trampoline"));
        return;
    }
    QVERIFY(failure);
    QCOMPARE(failure->reason, QString(dbus::reason::programRejected));
    QVERIFY2(failure->sentence.contains(QStringLiteral("no trampolines")), qPrintable(failure->sentence));
    QVERIFY(source.start(m_witness)); // nor is it another method the second time
}

void MethodTest::agreement_data()
{
    QTest::addColumn<int>("index");
    const unsigned seed = std::random_device()();
    qInfo("The random mix begins with %u", seed);
    for (const auto &some : {kindSituations(), nameSituations(), mountSituations(), silentSituations(),
                             kernelOpens(), std::vector<Situation>{randomMix(seed)}}) {
        for (const Situation &situation : some) {
            QTest::newRow(situation.name.c_str()) << static_cast<int>(m_situations.size());
            m_situations.push_back(situation);
        }
    }
}

void MethodTest::agreement()
{
    QFETCH(int, index);
    if (!isAllowed()) {
        // No QSKIP: there is nothing that anybody could do about it here.
        if (index == 0) {
            qInfo("NOT COMPARED: this kernel allows no trampolines, so that there is only one method");
        }
        return;
    }
    QVERIFY(m_second);
    try {
        // A trampoline that interrupts another one on its CPU is left out, whosever that is.
        for (int attempt = 0; !compareOnce(m_situations[static_cast<std::size_t>(index)]); ++attempt) {
            QVERIFY2(attempt < 5, "The kernel has left out trampolines each time");
            qInfo("Once more: the kernel has left out a trampoline, and counted it");
        }
    } catch (const NotHere &notHere) {
        QSKIP(notHere.remedy.c_str());
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

std::uint64_t MethodTest::skipped() const
{
    return m_second->counters().skipped[static_cast<std::size_t>(EventType::FileOpened)];
}

/// What a child and its own children have opened, process by process: in each there is an order, between
/// them there is none.
QStringList MethodTest::told(const std::vector<SeenOpen> &all, std::size_t from, int type,
                             const Opener &opener) const
{
    std::map<std::uint32_t, QStringList> byProcess;
    for (std::size_t i = from; i < all.size(); ++i) {
        const lkm_record_header &header = all[i].fields.header;
        if (header.type == type &&
            m_witness.descends(header.tgid, static_cast<std::uint32_t>(opener.pid()))) {
            byProcess[header.tgid] += describe(all[i]);
        }
    }
    QStringList told;
    for (const auto &[process, opens] : byProcess) {
        told += opens;
    }
    return told;
}

/// False if the kernel has left something out in the meantime.
bool MethodTest::compareOnce(const Situation &situation)
{
    Scene scene{m_rig.freshDirectory(), -1, {}};
    if (situation.arrange) {
        situation.arrange(scene);
    }
    const std::uint64_t skippedBefore = skipped();
    m_witness.forget();
    const std::size_t seenFrom = m_rig.seen().size();
    const std::size_t failedFrom = m_rig.failed().size();
    Opener opener(
        m_rig, [&] { return situation.act(scene); },
        [&] {
            if (situation.enter) {
                situation.enter(scene);
            }
        });
    opener.go();
    opener.opens();
    const auto isEnd = [&opener](const SeenOpen &seen) {
        return seen.fields.header.tgid == static_cast<std::uint32_t>(opener.pid()) &&
               seen.path.find("/1/end") != std::string::npos;
    };
    const bool isComplete = CaptureRig::waitUntil([&] {
        return skipped() != skippedBefore ||
               std::any_of(m_witness.opens().begin(), m_witness.opens().end(), isEnd);
    });
    if (scene.fd >= 0) {
        close(scene.fd);
    }
    if (skipped() != skippedBefore) {
        return false;
    }
    if (!isComplete) {
        throw std::runtime_error("The trampolines have not told of the mark at the end");
    }
    if (situation.check) {
        situation.check(scene);
    }
    const QStringList byTracepoint = told(m_rig.seen(), seenFrom, LKM_RECORD_OPEN, opener) +
                                     told(m_rig.failed(), failedFrom, LKM_RECORD_OPEN_FAILED, opener);
    const QStringList byTrampoline = told(m_witness.opens(), 0, LKM_RECORD_OPEN, opener) +
                                     told(m_witness.opens(), 0, LKM_RECORD_OPEN_FAILED, opener);
    requireSame(byTracepoint, byTrampoline);
    for (const SeenOpen &open : m_witness.opens()) {
        if (open.fields.header.type == LKM_RECORD_OPEN && open.fields.value != -1) {
            throw std::runtime_error("A trampoline knows a descriptor");
        }
    }
    return true;
}

QTEST_GUILESS_MAIN(MethodTest)
#include "MethodTest.moc"
