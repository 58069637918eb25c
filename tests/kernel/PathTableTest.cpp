// SPDX-License-Identifier: MIT
//
// Every way to open a file, made for real: the path in the record is what /proc says about the
// descriptor, read from outside by the test while the child holds it.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"
#include "tests/kernel/Situation.h"

#include <QTest>
#include <set>
#include <unistd.h>

using namespace lunaris;

namespace
{

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class PathTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void path_data();
    void path();
    void silence_data();
    void silence();

private:
    void addRows(const std::vector<Situation> &situations);
    void compare(const Situation &situation);

    CaptureRig m_rig;
    std::vector<Situation> m_situations;
};

void PathTableTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void PathTableTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void PathTableTest::addRows(const std::vector<Situation> &situations)
{
    for (const Situation &situation : situations) {
        QTest::newRow(situation.name.c_str()) << static_cast<int>(m_situations.size());
        m_situations.push_back(situation);
    }
}

void PathTableTest::path_data()
{
    QTest::addColumn<int>("index");
    addRows(kindSituations());
    addRows(nameSituations());
    addRows(mountSituations());
}

void PathTableTest::path()
{
    QFETCH(int, index);
    try {
        compare(m_situations[static_cast<std::size_t>(index)]);
    } catch (const NotHere &notHere) {
        QSKIP(notHere.remedy.c_str());
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PathTableTest::compare(const Situation &situation)
{
    Scene scene{m_rig.freshDirectory(), -1, {}};
    if (situation.arrange) {
        situation.arrange(scene);
    }
    Opener opener(
        m_rig, [&] { return situation.act(scene); },
        [&] {
            if (situation.enter) {
                situation.enter(scene);
            }
        });
    const Report report = opener.go();

    std::string expected = scene.expected;
    if (expected.empty()) {
        expected = opener.heldPath(report.result);
        QVERIFY2(expected.starts_with('/'), expected.c_str());
        if (situation.attributes & LKM_ATTRIBUTE_DELETED) {
            // /proc says so in the name, the record by its mark: there are files called like that.
            const std::string mark = " (deleted)";
            QVERIFY2(expected.ends_with(mark), expected.c_str());
            expected.resize(expected.size() - mark.size());
        }
    }
    std::uint32_t attributes = situation.attributes;
    if (situation.home == Namespace::None ||
        isForeign(situation.home == Namespace::OfChild ? opener.pid() : getpid())) {
        attributes |= LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE;
    }

    const std::vector<SeenOpen> opens = opener.opens();
    if (scene.fd >= 0) {
        close(scene.fd);
    }
    QCOMPARE(opens.size(), std::size_t(1));
    const SeenOpen &seen = opens.front();
    if (attributes & LKM_ATTRIBUTE_TRUNCATED) {
        QVERIFY2(expected.ends_with(seen.path), seen.path.c_str());
        // As much of the end as the room or the steps allow, not just the name.
        QVERIFY(seen.path.size() + 256 > LKM_PATH_MAX ||
                std::count(seen.path.begin(), seen.path.end(), '/') >= 500);
    } else {
        QCOMPARE(bytes(seen.path), bytes(expected));
    }
    QCOMPARE(QString::number(seen.fields.attributes, 16), QString::number(attributes, 16));
    QCOMPARE(seen.fields.header.tgid, static_cast<std::uint32_t>(opener.pid()));
}

void PathTableTest::silence_data()
{
    QTest::addColumn<int>("index");
    addRows(silentSituations());
}

void PathTableTest::silence()
{
    QFETCH(int, index);
    const Situation &situation = m_situations[static_cast<std::size_t>(index)];
    try {
        Scene scene{m_rig.freshDirectory(), -1, {}};
        if (situation.arrange) {
            situation.arrange(scene);
        }
        Opener opener(
            m_rig, [&] { return situation.act(scene); },
            [&] {
                if (situation.enter) {
                    situation.enter(scene);
                }
            });
        opener.go();
        for (const SeenOpen &seen : opener.opens()) {
            QFAIL(seen.path.c_str());
        }
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

QTEST_GUILESS_MAIN(PathTableTest)
#include "PathTableTest.moc"
