// SPDX-License-Identifier: MIT
#include "app/gui/FunnelModel.h"
#include "app/gui/RateGraph.h"
#include "app/gui/RateHistory.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace lunaris;

/// What the Statistics page draws, without a window.
class StatisticsModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void funnelTellsWhatHappened();
    void funnelNamesTheBusiestRules();
    void ratesAreMeansBetweenLooks();
    void anotherHelperLeavesAGap();
    void ratesAreForgottenAfterTenMinutes();
    void axisEndsRound_data();
    void axisEndsRound();
    void graphDrawsWhatIsKnown();
};

namespace
{

constexpr auto tested = QAbstractItemModelTester::FailureReportingMode::QtTest;

Statistics totals(quint64 seen, quint64 forwarded)
{
    return {{QStringLiteral("seen"), seen}, {QStringLiteral("forwarded"), forwarded}};
}

QStringList titles(const FunnelModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        result.append(model.index(row).data(FunnelModel::TitleRole).toString());
    }
    return result;
}

} // namespace

void StatisticsModelsTest::funnelTellsWhatHappened()
{
    FunnelModel model;
    const QAbstractItemModelTester tester(&model, tested);
    QCOMPARE(model.rowCount(), 0);
    model.setTotals(totals(200, 50));
    const QStringList usual = titles(model);
    QVERIFY(usual.contains(QStringLiteral("Seen")) && usual.contains(QStringLiteral("Forwarded")));
    QVERIFY(!usual.contains(QStringLiteral("Lost in the kernel")));
    const QModelIndex forwarded = model.index(static_cast<int>(usual.indexOf(QStringLiteral("Forwarded"))));
    QCOMPARE(forwarded.data(FunnelModel::CountRole).toDouble(), 50.0);
    QCOMPARE(forwarded.data(FunnelModel::ShareRole).toDouble(), 0.25);
    QVERIFY(!forwarded.data(FunnelModel::LossRole).toBool());

    // The same stages: their numbers change, the rows stay.
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setTotals(totals(400, 50));
    QCOMPARE(resets.size(), 0);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(forwarded.data(FunnelModel::ShareRole).toDouble(), 0.125);

    Statistics withLoss = totals(400, 50);
    withLoss.insert(QStringLiteral("lost"), 3);
    model.setTotals(withLoss);
    const int lost = static_cast<int>(titles(model).indexOf(QStringLiteral("Lost in the kernel")));
    QVERIFY(lost >= 0);
    QVERIFY(model.index(lost).data(FunnelModel::LossRole).toBool());
}

void StatisticsModelsTest::funnelNamesTheBusiestRules()
{
    FunnelModel model;
    const QAbstractItemModelTester tester(&model, tested);
    const QString exclude = QStringLiteral("exclude");
    model.setRules({{"/proc/", exclude, 5},
                    {"/run/media/", QStringLiteral("include"), 90},
                    {"/tmp/", exclude, 7},
                    {"/idle/", exclude, 0},
                    {"/usr/", exclude, 6},
                    {"/sys/", exclude, 1}});
    model.setTotals(totals(100, 10));
    const QStringList rows = titles(model);
    const qsizetype first = rows.indexOf(QStringLiteral("Left out by a rule")) + 1;
    QCOMPARE(rows.mid(first, 4), QStringList({QStringLiteral("/tmp/"), QStringLiteral("/usr/"),
                                              QStringLiteral("/proc/"), QStringLiteral("Repetitions")}));
    QCOMPARE(model.index(static_cast<int>(first)).data(FunnelModel::LevelRole).toInt(), 2);
}

void StatisticsModelsTest::ratesAreMeansBetweenLooks()
{
    RateHistory history;
    history.add(totals(1000, 100), 0);
    QVERIFY(history.samples().empty());
    history.add(totals(1500, 120), 1000);
    QCOMPARE(history.seen(), 500.0);
    QCOMPARE(history.forwarded(), 20.0);
    history.add(totals(1600, 120), 11000); // the window was hidden for ten seconds
    QCOMPARE(history.seen(), 10.0);
    QCOMPARE(history.samples().back().from, 1000);
    QCOMPARE(history.peak(), 500.0);
    history.add(totals(1700, 120), 11000); // no time has passed: nothing can be said
    QCOMPARE(history.samples().size(), 2U);
}

void StatisticsModelsTest::anotherHelperLeavesAGap()
{
    RateHistory history;
    history.add(totals(1000, 100), 0);
    history.add(totals(1100, 100), 1000);
    history.add(totals(5, 1), 2000);
    QCOMPARE(history.samples().size(), 1U);
    history.add(totals(15, 2), 3000);
    QCOMPARE(history.samples().size(), 2U);
    QCOMPARE(history.seen(), 10.0);
    QCOMPARE(history.samples().back().from, 2000);
}

void StatisticsModelsTest::ratesAreForgottenAfterTenMinutes()
{
    RateHistory history;
    for (qint64 second = 0; second <= 700; ++second) {
        history.add(totals(static_cast<quint64>(second) * 10, 0), second * 1000);
    }
    QCOMPARE(history.samples().size(), 600U);
    QCOMPARE(history.samples().front().from, 100'000);
}

void StatisticsModelsTest::axisEndsRound_data()
{
    QTest::addColumn<quint64>("rate");
    QTest::addColumn<double>("top");
    QTest::newRow("nothing") << quint64(0) << 10.0;
    QTest::newRow("little") << quint64(9) << 10.0;
    QTest::newRow("ten") << quint64(10) << 10.0;
    QTest::newRow("eleven") << quint64(11) << 20.0;
    QTest::newRow("hundreds") << quint64(432) << 500.0;
    QTest::newRow("thousands") << quint64(5001) << 10'000.0;
}

void StatisticsModelsTest::axisEndsRound()
{
    QFETCH(quint64, rate);
    RateHistory history;
    history.add(totals(0, 0), 0);
    history.add(totals(rate, 0), 1000);
    QTEST(history.top(), "top");
}

void StatisticsModelsTest::graphDrawsWhatIsKnown()
{
    RateHistory history;
    RateGraph graph;
    graph.setSize({600, 100});
    graph.setProperty("lineColor", QColor(Qt::red));
    graph.setProperty("quietColor", QColor(Qt::blue));
    graph.setProperty("gridColor", QColor(Qt::black));
    graph.setHistory(&history);
    // A pixel a second; the first four minutes, and after a gap of two the last minute.
    history.add(totals(0, 0), 0);
    history.add(totals(19'200, 6'000), 240'000);
    history.add(totals(0, 0), 360'000);
    history.add(totals(4'800, 1'500), 420'000);

    QImage image(600, 100, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    graph.paint(&painter);
    painter.end();
    const auto hasColor = [&image](int x, auto matches) {
        for (int y = 0; y < image.height(); ++y) {
            if (matches(image.pixelColor(x, y))) {
                return true;
            }
        }
        return false;
    };
    const auto reddish = [](const QColor &color) { return color.red() > 200 && color.green() < 120; };
    const auto bluish = [](const QColor &color) { return color.blue() > 200 && color.red() < 120; };
    // From the right: 60 s known, 120 s not, 240 s known, the rest is before the beginning.
    for (const int x : {595, 545, 415, 185}) {
        QVERIFY2(hasColor(x, reddish) && hasColor(x, bluish), qPrintable(QString::number(x)));
    }
    for (const int x : {530, 425, 170, 5}) {
        QVERIFY2(!hasColor(x, reddish) && !hasColor(x, bluish), qPrintable(QString::number(x)));
    }
}

QTEST_MAIN(StatisticsModelsTest)
#include "StatisticsModelsTest.moc"
