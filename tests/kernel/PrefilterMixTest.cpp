// SPDX-License-Identifier: MIT
//
// The kernel's prefilter among processes that open, rename, link and unlink at random: what it would
// drop is compared with a reference, open by open, and what it drops is counted.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"
#include "tests/kernel/PrefilterReference.h"
#include "tests/kernel/RandomOpens.h"

#include <QTest>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr std::uint64_t seed = 7;
constexpr std::chrono::milliseconds window{20};

std::uint64_t wantedOpens()
{
    return isEmulated() ? 4'000 : 50'000;
}

} // namespace

Q_DECLARE_METATYPE(CaptureOptions::Method)

class PrefilterMixTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void everyMarkIsRight_data();
    void everyMarkIsRight();
    void everyOpenIsCounted_data();
    void everyOpenIsCounted();

private:
    void addMethods() const;
    void startSource(CaptureOptions::Method method);
    void setFilter(const std::vector<PathRule> &rules);
    std::vector<PathRule> allRules(const RandomTree &tree) const;
    std::uint64_t openAtRandom(const RandomTree &tree);

    CaptureRig m_rig{EventTypes().with(EventType::FileOpened)};
    bool m_allowsTrampolines = false;
};

void PrefilterMixTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
    m_allowsTrampolines = m_rig.source().reach().trampolines;
    qInfo("Seed: %llu", static_cast<unsigned long long>(seed));
}

/// Those that this kernel has.
void PrefilterMixTest::addMethods() const
{
    QTest::addColumn<CaptureOptions::Method>("method");
    if (m_allowsTrampolines) {
        QTest::newRow("trampoline") << CaptureOptions::Method::Trampoline;
    }
    QTest::newRow("tracepoint") << CaptureOptions::Method::Tracepoint;
}

void PrefilterMixTest::startSource(CaptureOptions::Method method)
{
    CaptureOptions options;
    options.method = method;
    options.ringBytes = 32 * 1024 * 1024;
    options.rememberedOpens = 131'072; // more than there can be: nothing gives way
    m_rig.replaceSource(options);
    if (const auto failure = m_rig.source().start(m_rig)) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
}

/// What others open on this machine is left out, too.
std::vector<PathRule> PrefilterMixTest::allRules(const RandomTree &tree) const
{
    std::vector<PathRule> rules = tree.rules();
    rules.push_back({m_rig.directory() + "/", PathRule::Action::Include});
    rules.push_back({"/", PathRule::Action::Exclude});
    return rules;
}

void PrefilterMixTest::setFilter(const std::vector<PathRule> &rules)
{
    if (const auto failure = m_rig.source().setFilter(rules, window)) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
    // From here on, nothing in the ring is older than the rules.
    Opener last(m_rig, [] { return 0; });
    last.go();
    last.opens();
}

/// Returns how many opens have succeeded, all of them of files below the rig's directory.
std::uint64_t PrefilterMixTest::openAtRandom(const RandomTree &tree)
{
    constexpr std::uint64_t processes = 6;
    constexpr int steps = 200;
    std::vector<std::unique_ptr<Opener>> openers;
    for (std::uint64_t i = 0; i < processes; ++i) {
        const bool isInTree = i == 0;
        auto opens = std::make_shared<RandomOpens>(
            tree, seed + i, isInTree ? RandomOpens::Root::Tree : RandomOpens::Root::Ours);
        openers.push_back(std::make_unique<Opener>(
            m_rig, [opens] { return opens->run(steps); },
            [isInTree, &tree] {
                if (isInTree) {
                    must(chroot(tree.directory.c_str()), "chroot");
                    must(chdir("/"), "chdir");
                }
            }));
    }
    std::uint64_t made = 0;
    while (made < wantedOpens()) {
        for (const auto &opener : openers) {
            opener->tell();
        }
        for (const auto &opener : openers) {
            made += static_cast<std::uint64_t>(opener->report().result) + 2; // and the two marks
        }
        for (const auto &opener : openers) {
            opener->opens(); // what it has done has arrived
        }
    }
    return made;
}

void PrefilterMixTest::everyMarkIsRight_data()
{
    addMethods();
}

void PrefilterMixTest::everyMarkIsRight()
{
    QFETCH(CaptureOptions::Method, method);
    try {
        startSource(method);
        const RandomTree tree(m_rig.freshDirectory());
        const std::vector<PathRule> rules = allRules(tree);
        m_rig.source().setShadow(true);
        setFilter(rules);

        const std::size_t from = m_rig.seen().size();
        const std::size_t malformedBefore = m_rig.malformed();
        const SourceCounters before = m_rig.source().counters();
        const std::uint64_t made = openAtRandom(tree);
        const SourceCounters after = m_rig.source().counters();

        PrefilterReference reference(rules, window);
        Comparison comparison;
        std::uint64_t seen = 0;
        for (std::size_t i = from; i < m_rig.seen().size(); ++i) {
            const SeenOpen &open = m_rig.seen()[i];
            comparison.add(open, reference);
            seen +=
                open.path.starts_with(m_rig.directory()) || open.fields.attributes & LKM_ATTRIBUTE_TRUNCATED;
        }
        qInfo("%s", qPrintable(comparison.text()));
        for (const std::string &wrong : comparison.wrong) {
            QFAIL(wrong.c_str());
        }
        QVERIFY(made >= wantedOpens());
        // A name that is exchanged with another while it is read can be half of each, with a NUL in it.
        QCOMPARE(seen + m_rig.malformed() - malformedBefore, made);
        QVERIFY(comparison.filtered > 0);
        QVERIFY(comparison.duplicates > 0);
        QVERIFY(comparison.truncated > 0);
        QVERIFY(comparison.leftToHelper > 0);
        QCOMPARE(comparison.keptFiltered, std::uint64_t(0));
        QCOMPARE(comparison.keptDuplicates, std::uint64_t(0));
        // Six processes, and many more sets than they can ask for at the same moment.
        QVERIFY(comparison.notCompared <= comparison.opens / 1'000);
        // It has marked, and dropped nothing.
        QCOMPARE(after.filtered, before.filtered);
        QCOMPARE(after.duplicates, before.duplicates);
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PrefilterMixTest::everyOpenIsCounted_data()
{
    addMethods();
}

void PrefilterMixTest::everyOpenIsCounted()
{
    QFETCH(CaptureOptions::Method, method);
    try {
        startSource(method);
        const RandomTree tree(m_rig.freshDirectory());
        const std::vector<PathRule> rules = allRules(tree);
        setFilter(rules);
        const std::size_t from = m_rig.seen().size();
        const std::size_t malformedBefore = m_rig.malformed();
        const SourceCounters before = m_rig.source().counters();
        const std::vector<std::uint64_t> hitsBefore = m_rig.source().ruleHits();
        const std::uint64_t made = openAtRandom(tree);
        m_rig.source().stop();
        const SourceCounters after = m_rig.source().counters();
        const std::vector<std::uint64_t> hits = m_rig.source().ruleHits();

        // The last rule is about what others open.
        const auto here = [](const std::vector<std::uint64_t> &all) {
            return std::accumulate(all.begin(), all.end() - 1, std::uint64_t{0});
        };
        const std::uint64_t filtered = here(hits) - here(hitsBefore);
        const std::uint64_t duplicates = after.duplicates - before.duplicates;
        const auto of = [&](const SourceCounters::ByType &counts, const SourceCounters::ByType &earlier) {
            return SourceCounters::total(counts) - SourceCounters::total(earlier);
        };
        const std::uint64_t lost = of(after.lost, before.lost);
        // These cannot be told from those of others on the machine.
        const std::uint64_t unseen = of(after.raced, before.raced) + of(after.skipped, before.skipped);
        const std::uint64_t seen = m_rig.seen().size() - from;
        const std::uint64_t malformed = m_rig.malformed() - malformedBefore;
        qInfo("%llu opens made = %llu seen + %llu filtered + %llu duplicates + %llu malformed + %llu lost; "
              "%llu raced or skipped on the whole machine",
              static_cast<unsigned long long>(made), static_cast<unsigned long long>(seen),
              static_cast<unsigned long long>(filtered), static_cast<unsigned long long>(duplicates),
              static_cast<unsigned long long>(malformed), static_cast<unsigned long long>(lost),
              static_cast<unsigned long long>(unseen));
        QVERIFY(seen > 0);
        QVERIFY(filtered > 0);
        QVERIFY(duplicates > 0);
        const std::uint64_t counted = seen + filtered + duplicates + malformed + lost;
        if (method == CaptureOptions::Method::Tracepoint) {
            QCOMPARE(counted, made); // nobody closes another one's descriptors, and nothing preempts
        } else {
            QVERIFY(counted <= made && made <= counted + unseen);
        }
        // Every rule's hits together are all that was left out since the source was made.
        QCOMPARE(std::accumulate(hits.begin(), hits.end(), std::uint64_t{0}), after.filtered);

        // And none of what has arrived should not have.
        PrefilterReference reference(rules, window);
        for (std::size_t i = from; i < m_rig.seen().size(); ++i) {
            const SeenOpen &open = m_rig.seen()[i];
            const bool isKept = reference.judge(open) == PrefilterReference::Verdict::Keep;
            QVERIFY2(isKept || reference.isLeftToHelper(open), open.path.c_str());
        }
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

QTEST_GUILESS_MAIN(PrefilterMixTest)
#include "PrefilterMixTest.moc"
