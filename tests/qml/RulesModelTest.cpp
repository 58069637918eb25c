// SPDX-License-Identifier: MIT
#include "app/gui/RulesModel.h"

#include "dbus/Names.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <random>

using namespace lunaris;

/// Path rules while somebody edits them.
class RulesModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void editsAndReverts();
    void saysWhatCannotBeARule_data();
    void saysWhatCannotBeARule();
    void twiceTheSamePath();
    void bytesSurvive();
    void hitsComeInWhileEditing();
    void editsSurviveOthersChanges();
    void survivesAnything();

private:
    QVariant value(int row, int role) const { return m_model->index(row).data(role); }

    std::unique_ptr<RulesModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace
{

CountedRuleList some()
{
    return {{"/proc/", dbus::rule::exclude, 10},
            {"/usr/", dbus::rule::exclude, 5},
            {"/usr/doc", dbus::rule::include, 1}};
}

} // namespace

void RulesModelTest::init()
{
    m_tester.reset();
    m_model = std::make_unique<RulesModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setInForce(some());
}

void RulesModelTest::editsAndReverts()
{
    QCOMPARE(m_model->rowCount(), 3);
    QVERIFY(!m_model->isEdited());
    QCOMPARE(value(0, RulesModel::PrefixRole).toString(), QStringLiteral("/proc/"));
    QCOMPARE(value(0, RulesModel::HitsRole).toDouble(), 10.0);
    QVERIFY(!value(0, RulesModel::IncludedRole).toBool());
    QVERIFY(value(2, RulesModel::IncludedRole).toBool());

    m_model->setPrefix(0, QStringLiteral("/proc/1/"));
    QVERIFY(m_model->isEdited());
    QCOMPARE(value(0, RulesModel::HitsRole).toDouble(), 0.0); // those were another rule's
    m_model->setPrefix(0, QStringLiteral("/proc/"));
    QVERIFY(!m_model->isEdited());
    m_model->setIncluded(1, true);
    QVERIFY(m_model->isEdited());
    m_model->remove(2);
    m_model->add();
    QCOMPARE(m_model->rowCount(), 3);
    QVERIFY(!m_model->problem().isEmpty()); // nothing has been typed yet
    m_model->discard();
    QVERIFY(!m_model->isEdited());
    QVERIFY(m_model->rules() == some());
}

void RulesModelTest::saysWhatCannotBeARule_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<bool>("isProblem");
    QTest::newRow("path") << QStringLiteral("/home/ada/") << false;
    QTest::newRow("root") << QStringLiteral("/") << false;
    QTest::newRow("longest") << QLatin1Char('/') + QString(4095, QLatin1Char('x')) << false;
    QTest::newRow("empty") << QString() << true;
    QTest::newRow("relative") << QStringLiteral("home") << true;
    QTest::newRow("too long") << QLatin1Char('/') + QString(4096, QLatin1Char('x')) << true;
    QTest::newRow("NUL") << QStringLiteral("/a\\x00b") << true;
}

void RulesModelTest::saysWhatCannotBeARule()
{
    QFETCH(QString, prefix);
    m_model->setPrefix(0, prefix);
    QTEST(!value(0, RulesModel::ProblemRole).toString().isEmpty(), "isProblem");
    QTEST(!m_model->problem().isEmpty(), "isProblem");
}

void RulesModelTest::twiceTheSamePath()
{
    m_model->setPrefix(1, QStringLiteral("/proc/"));
    QVERIFY(!value(0, RulesModel::ProblemRole).toString().isEmpty());
    QVERIFY(!value(1, RulesModel::ProblemRole).toString().isEmpty());
    QVERIFY(value(2, RulesModel::ProblemRole).toString().isEmpty());
    m_model->remove(0);
    QVERIFY(m_model->problem().isEmpty());
}

void RulesModelTest::bytesSurvive()
{
    const QByteArray odd = "/a\xff\\x\n";
    m_model->setInForce({{odd, dbus::rule::exclude, 0}});
    const QString text = value(0, RulesModel::PrefixRole).toString();
    QVERIFY(!text.contains(QLatin1Char('\n')));
    m_model->setPrefix(0, text + QLatin1Char('/'));
    QCOMPARE(m_model->rules().constFirst().prefix, odd + '/');
}

void RulesModelTest::hitsComeInWhileEditing()
{
    m_model->setPrefix(1, QStringLiteral("/opt/"));
    CountedRuleList counted = some();
    counted[0].hits = 99;
    const QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->setInForce(counted);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(value(0, RulesModel::HitsRole).toDouble(), 99.0);
    QCOMPARE(value(1, RulesModel::PrefixRole).toString(), QStringLiteral("/opt/"));
    QVERIFY(!m_model->isOutdated());
}

void RulesModelTest::editsSurviveOthersChanges()
{
    m_model->setPrefix(1, QStringLiteral("/opt/"));
    const CountedRuleList others = {{"/else/", dbus::rule::exclude, 0}};
    m_model->setInForce(others);
    QVERIFY(m_model->isOutdated());
    QCOMPARE(m_model->rowCount(), 3);
    m_model->discard();
    QVERIFY(m_model->rules() == others);
    QVERIFY(!m_model->isOutdated());

    // Nobody edits: others' changes are simply there.
    m_model->setInForce(some());
    QVERIFY(m_model->rules() == some());
}

void RulesModelTest::survivesAnything()
{
    std::mt19937 random(5);
    for (int step = 0; step < 2000; ++step) {
        const int row = static_cast<int>(random() % 8) - 1;
        switch (random() % 7) {
        case 0:
            m_model->add();
            break;
        case 1:
            m_model->remove(row);
            break;
        case 2:
            m_model->setIncluded(row, random() % 2 == 0);
            break;
        case 3:
            m_model->discard();
            break;
        case 4:
            m_model->setInForce(random() % 2 == 0 ? some() : CountedRuleList());
            break;
        default:
            m_model->setPrefix(row, QLatin1Char('/') + QString::number(random() % 4));
        }
        // A path that is there twice is a problem of both, whatever came before.
        for (int at = 0; at < m_model->rowCount(); ++at) {
            const auto same =
                std::count_if(m_model->rules().begin(), m_model->rules().end(), [&](const CountedRule &rule) {
                    return rule.prefix == m_model->rules()[at].prefix;
                });
            const bool isFine = same == 1 && !m_model->rules()[at].prefix.isEmpty();
            QCOMPARE(value(at, RulesModel::ProblemRole).toString().isEmpty(), isFine);
        }
    }
}

QTEST_GUILESS_MAIN(RulesModelTest)
#include "RulesModelTest.moc"
