// SPDX-License-Identifier: MIT
#include "app/gui/ShownRows.h"

#include "app/gui/EventColumns.h"
#include "app/gui/HighlightRules.h"
#include "tests/qml/SettingsFile.h"
#include "tests/unit/ClientEvents.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <memory>
#include <numeric>

using namespace lunaris;

class ShownRowsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void rowsAreNeverTakenAway();
    void onlyOtherNumbersAreNews();
    void roles();
    void gapRows();
    void timeForms();
    void highlights();

private:
    /// Shows all that is in the store.
    void append(const MonitorEventList &events, quint64 dropped = 0);
    void show(quint64 first, std::size_t count);
    QVariant role(int row, int role) const { return m_rows->index(row).data(role); }
    QString cell(int row, EventColumn column) const
    {
        const auto &visible = m_columns->visibleColumns();
        const auto at = std::find(visible.begin(), visible.end(), column) - visible.begin();
        return role(row, ShownRows::CellsRole).toStringList().value(at);
    }
    std::vector<quint64> numbers() const
    {
        std::vector<quint64> found;
        for (int row = 0; row < m_rows->rowCount(); ++row) {
            found.push_back(role(row, ShownRows::NumberRole).toULongLong());
        }
        return found;
    }

    static constexpr std::size_t fit = 10;

    std::unique_ptr<test::SettingsFile> m_settings;
    std::unique_ptr<EventStore> m_store;
    std::unique_ptr<EventListing> m_listing;
    std::unique_ptr<EventColumns> m_columns;
    std::unique_ptr<HighlightRules> m_highlights;
    std::unique_ptr<ShownRows> m_rows;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ShownRowsTest::init()
{
    m_settings = std::make_unique<test::SettingsFile>();
    m_store = std::make_unique<EventStore>();
    m_listing = std::make_unique<EventListing>(m_store.get());
    m_columns = std::make_unique<EventColumns>(m_settings->settings());
    m_highlights = std::make_unique<HighlightRules>(m_settings->settings());
    m_rows = std::make_unique<ShownRows>(m_listing.get(), m_columns.get(), m_highlights.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_rows.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ShownRowsTest::cleanup()
{
    m_tester.reset();
    m_rows.reset();
    m_highlights.reset();
    m_columns.reset();
    m_listing.reset();
    m_store.reset();
    m_settings.reset();
}

void ShownRowsTest::append(const MonitorEventList &events, quint64 dropped)
{
    m_store->append(events, dropped);
    show(m_store->rows().first(), m_store->rows().count());
}

void ShownRowsTest::show(quint64 first, std::size_t count)
{
    RowNumbers numbers(count);
    std::iota(numbers.begin(), numbers.end(), first);
    m_rows->show(first - m_store->rows().first(), std::move(numbers), fit);
}

void ShownRowsTest::rowsAreNeverTakenAway()
{
    const QSignalSpy inserted(m_rows.get(), &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(m_rows.get(), &QAbstractItemModel::rowsRemoved);
    append(MonitorEventList(3, test::openedHosts()));
    QCOMPARE(numbers(), std::vector<quint64>({1, 2, 3, 0, 0, 0, 0, 0, 0, 0}));
    append(MonitorEventList(20, test::openedHosts()));
    QCOMPARE(m_rows->rowCount(), 23); // more than fit, because so many were to be shown
    show(5, fit);
    show(5, 1);
    std::vector<quint64> one(23);
    one.front() = 5;
    QCOMPARE(numbers(), one);
    show(1, 0);
    QCOMPARE(numbers(), std::vector<quint64>(23));
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(removed.size(), 0);

    const QList<int> roles = m_rows->roleNames().keys();
    for (const int role : roles) {
        // Of the type that it would have, so that what is bound to it can take it.
        QVERIFY2(this->role(0, role).isValid(), m_rows->roleNames().value(role).constData());
    }
    QVERIFY(role(0, ShownRows::SpokenRole).toString().isEmpty());
}

void ShownRowsTest::onlyOtherNumbersAreNews()
{
    append(MonitorEventList(5, test::openedHosts()));
    const QSignalSpy redrawn(m_rows.get(), &QAbstractItemModel::dataChanged);
    show(1, 5);
    QCOMPARE(redrawn.size(), 0);
    show(2, 3);
    QCOMPARE(redrawn.size(), 1);
    QCOMPARE(redrawn.constFirst().at(1).toModelIndex().row(), 4); // also those in which nothing is any more
}

void ShownRowsTest::roles()
{
    m_columns->setAvailable(2000);
    MonitorEventList events = test::oneOfEachType();
    events[0].subject = "/home/ada/<b>bold</b>\n.txt";
    events[0].attributes = DeletedFile;
    append(events);
    QCOMPARE(role(0, ShownRows::DirectoryRole).toString(), QStringLiteral("/home/ada/<b>bold</"));
    QCOMPARE(role(0, ShownRows::FileNameRole).toString(), QStringLiteral("b>\\x0a.txt"));
    QVERIFY(role(0, ShownRows::DeletedRole).toBool());
    QVERIFY(!role(0, ShownRows::FailureRole).toBool());
    QVERIFY(role(1, ShownRows::FailureRole).toBool());
    QCOMPARE(role(0, ShownRows::ApplicationRole).toString(), QStringLiteral("cat"));
    QVERIFY(role(0, ShownRows::IconRole).toString().isEmpty());
    QVERIFY(role(0, ShownRows::DetailRole).toString().contains(QStringLiteral("deleted")));
    QCOMPARE(cell(1, EventColumn::Result), QStringLiteral("Permission denied"));
    QCOMPARE(cell(5, EventColumn::Path), QStringLiteral("192.0.2.1:443"));
    const QString spoken = role(1, ShownRows::SpokenRole).toString();
    for (const char *part : {"cat", "PID 1234", "Could not open", "/etc/shadow", "Permission denied"}) {
        QVERIFY2(spoken.contains(QLatin1String(part)), part);
    }
    QSignalSpy redrawn(m_rows.get(), &QAbstractItemModel::dataChanged);
    m_columns->setShown(static_cast<int>(EventColumn::Result), false);
    QVERIFY(!redrawn.isEmpty());
    QVERIFY(!role(1, ShownRows::SpokenRole).toString().contains(QStringLiteral("Permission denied")));
}

void ShownRowsTest::gapRows()
{
    append({test::openedHosts()}, 12);
    QVERIFY(role(0, ShownRows::GapRole).toBool());
    QVERIFY(!role(1, ShownRows::GapRole).toBool());
    QVERIFY(role(0, ShownRows::FileNameRole).toString().contains(QStringLiteral("12")));
    QVERIFY(role(0, ShownRows::SpokenRole).toString().contains(QStringLiteral("12")));
    QVERIFY(role(0, ShownRows::DirectoryRole).toString().isEmpty());
}

void ShownRowsTest::timeForms()
{
    MonitorEventList events;
    for (const quint64 offset : {0, 250, 1'000'250}) {
        MonitorEvent event = test::openedHosts();
        event.time += offset;
        events.append(event);
    }
    m_rows->setStartTime(events.constFirst().time);
    append(events);
    const auto times = [this] {
        return QStringList{cell(0, EventColumn::Time), cell(1, EventColumn::Time),
                           cell(2, EventColumn::Time)};
    };
    QVERIFY(times().constFirst().endsWith(QStringLiteral("56.123")));
    QSignalSpy redrawn(m_rows.get(), &QAbstractItemModel::dataChanged);
    m_rows->setTimeForm(ShownRows::TimeForm::Relative);
    QCOMPARE(redrawn.size(), 1);
    QCOMPARE(times(), QStringList({QStringLiteral("+0.000000"), QStringLiteral("+0.000250"),
                                   QStringLiteral("+1.000250")}));
    m_rows->setTimeForm(ShownRows::TimeForm::Delta);
    QCOMPARE(times(), QStringList({QStringLiteral("+0.000000"), QStringLiteral("+0.000250"),
                                   QStringLiteral("+1.000000")}));
}

void ShownRowsTest::highlights()
{
    append({test::openedHosts()});
    QVERIFY(role(0, ShownRows::HighlightRole).toString().isEmpty());
    QSignalSpy redrawn(m_rows.get(), &QAbstractItemModel::dataChanged);
    m_highlights->add(QStringLiteral("comm == cat"));
    QCOMPARE(redrawn.size(), 1);
    QCOMPARE(role(0, ShownRows::HighlightRole).toString(), HighlightRules::colors().constFirst());
}

QTEST_MAIN(ShownRowsTest)
#include "ShownRowsTest.moc"
