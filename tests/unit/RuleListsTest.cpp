// SPDX-License-Identifier: MIT
#include "dbus/RuleLists.h"

#include <QTest>

using namespace lunaris;

using Action = PathRule::Action;

class RuleListsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesAndOrderStay();
    void anotherActionIsNone();
};

void RuleListsTest::bytesAndOrderStay()
{
    const QByteArray odd = QByteArray("/\xff\n\0 ", 5);
    const CountedRuleList counted{{odd, QStringLiteral("exclude"), 7},
                                  {QByteArray("/a/"), QStringLiteral("include"), UINT64_MAX}};
    const auto rules = toPathRules(counted);
    QVERIFY(rules);
    QCOMPARE(rules->size(), std::size_t{2});
    QCOMPARE(rules->at(0).prefix, odd.toStdString());
    QCOMPARE(rules->at(0).action, Action::Exclude);
    QCOMPARE(rules->at(1).action, Action::Include);
    QCOMPARE(rules->at(1).hits, UINT64_MAX);
    QCOMPARE(toCountedRules(*rules), counted);

    const MonitorRuleList plain{{odd, QStringLiteral("exclude")},
                                {QByteArray("/a/"), QStringLiteral("include")}};
    QCOMPARE(toMonitorRules(*rules), plain);
    const auto again = toPathRules(plain);
    QVERIFY(again);
    QCOMPARE(again->at(1).hits, 0U);
    QCOMPARE(toMonitorRules(*again), plain);
}

void RuleListsTest::anotherActionIsNone()
{
    for (const char *const action : {"", "Exclude", "keep", "exclude "}) {
        QVERIFY(!toPathRules(MonitorRuleList{{"/a", QLatin1String(action)}}));
        QVERIFY(!toPathRules(
            CountedRuleList{{"/b", QStringLiteral("exclude"), 1}, {"/a", QLatin1String(action), 1}}));
    }
}

QTEST_APPLESS_MAIN(RuleListsTest)

#include "RuleListsTest.moc"
