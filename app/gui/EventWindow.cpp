// SPDX-License-Identifier: MIT
#include "app/gui/EventWindow.h"

#include "app/gui/EventColumns.h"
#include "app/gui/HighlightRules.h"
#include "app/models/EventWords.h"
#include "app/models/PathText.h"

#include <QElapsedTimer>
#include <QFile>
#include <QIcon>
#include <algorithm>
#include <cmath>
#include <utility>

namespace lunaris
{

namespace
{

// For how many times as long as showing rows took it rests at least: so it takes a fifth of the time at most.
constexpr int restShare = 4;

/// Valid as long as the row's chunk.
QByteArray subjectOf(const StoredEvent &row)
{
    return QByteArray::fromRawData(row.subject().data(), static_cast<qsizetype>(row.subject().size()));
}

} // namespace

EventWindow::EventWindow(EventListing *listing, EventColumns *columns, HighlightRules *highlights,
                         QObject *parent)
    : QAbstractListModel(parent), m_listing(listing), m_columns(columns), m_highlights(highlights)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (m_waiting) {
            onListingChanged();
        }
    });
    connect(listing, &EventListing::changed, this, &EventWindow::onListingChanged);
    connect(listing, &EventListing::sortingChanged, this, &EventWindow::onSortingChanged);
    connect(columns, &EventColumns::modelReset, this, [this] { redraw({CellsRole, SpokenRole}); });
    connect(highlights, &HighlightRules::rulesChanged, this, [this] { redraw({HighlightRole}); });
}

int EventWindow::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_numbers.size());
}

QVariant EventWindow::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const quint64 number = m_numbers[static_cast<std::size_t>(index.row())];
    if (!m_listing->rows().contains(number)) {
        return {}; // gone since the last refresh
    }
    const StoredEvent row = m_listing->rows().at(number);
    switch (role) {
    case NumberRole:
        return number;
    case GapRole:
        return !row.isEvent();
    case CellsRole:
        return cells(row, index.row());
    case DirectoryRole:
        return row.isEvent() ? PathText::directory(subjectOf(row), row.attributes()) : QString();
    case FileNameRole:
        return row.isEvent() ? PathText::fileName(subjectOf(row), row.attributes()) : EventWords::gap(row);
    case DeletedRole:
        return (row.attributes() & DeletedFile) != 0;
    case FailureRole:
        return EventWords::isFailure(row);
    case ApplicationRole:
        return row.isEvent() ? m_texts.application(row) : QString();
    case IconRole:
        return iconOf(row);
    case HighlightRole:
        return m_highlights->colorOf(row);
    case Qt::ToolTipRole:
    case DetailRole:
        return row.isEvent() ? PathText::detail(subjectOf(row), row.attributes()) : EventWords::gap(row);
    case Qt::DisplayRole:
    case SpokenRole:
        return spoken(row, index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> EventWindow::roleNames() const
{
    return {
        {NumberRole, "number"},     {GapRole, "gap"},
        {CellsRole, "cells"},       {DirectoryRole, "directory"},
        {FileNameRole, "fileName"}, {DeletedRole, "deleted"},
        {FailureRole, "failure"},   {ApplicationRole, "application"},
        {IconRole, "icon"},         {HighlightRole, "highlight"},
        {DetailRole, "detail"},     {SpokenRole, "spoken"},
    };
}

QString EventWindow::iconOf(const StoredEvent &row) const
{
    QString name = m_texts.icon(row);
    if (name.isEmpty()) {
        return {};
    }
    auto known = m_icons.constFind(name);
    if (known == m_icons.constEnd()) {
        const bool isFile = name.startsWith(QLatin1Char('/'));
        known = m_icons.insert(name, isFile ? QFile::exists(name) : QIcon::hasThemeIcon(name));
    }
    return *known ? name : QString();
}

QString EventWindow::timeOf(const StoredEvent &row, int windowRow) const
{
    switch (m_timeForm) {
    case TimeForm::Relative:
        return EventTexts::seconds(static_cast<qint64>(row.time() - m_startTime));
    case TimeForm::Delta: {
        const quint64 place = m_top + static_cast<quint64>(windowRow);
        if (place == 0 || place > m_listing->count()) {
            return EventTexts::seconds(0);
        }
        const quint64 above = m_listing->rows().at(m_listing->numberAt(place - 1)).time();
        return EventTexts::seconds(static_cast<qint64>(row.time() - above));
    }
    case TimeForm::Clock:
        break;
    }
    return EventTexts::clock(row.time());
}

QStringList EventWindow::cells(const StoredEvent &row, int windowRow) const
{
    QStringList texts;
    for (const EventColumn column : m_columns->visibleColumns()) {
        texts.append(column == EventColumn::Time ? timeOf(row, windowRow) : m_texts.cell(row, column));
    }
    return texts;
}

/// Bare numbers say what they are of.
QString EventWindow::spoken(const StoredEvent &row, int windowRow) const
{
    QStringList said;
    for (const EventColumn column : m_columns->visibleColumns()) {
        const QString text = column == EventColumn::Time ? timeOf(row, windowRow) : m_texts.cell(row, column);
        const bool bare = column == EventColumn::Number || column == EventColumn::Pid ||
                          column == EventColumn::ParentPid || column == EventColumn::Uid;
        if (!text.isEmpty()) {
            said.append(bare ? EventTexts::title(column) + QLatin1Char(' ') + text : text);
        }
    }
    return said.join(QStringLiteral(", "));
}

void EventWindow::setViewSize(double rows)
{
    rows = std::max(rows, 0.0);
    if (rows != m_viewSize) {
        const double before = std::exchange(m_viewSize, rows);
        m_following = m_following || isEnd(position());
        const int row = currentRow();
        const bool inView = row >= 0 && row + 1 - m_fraction <= before;
        refresh();
        // What one reads stays in sight when something opens beside it.
        const double below = row + 1 - m_fraction - rows;
        if (inView && !m_following && below > 0) {
            moveTo(position() + std::ceil(below));
        }
    }
}

void EventWindow::setPosition(double position)
{
    if (std::isnan(position)) {
        return;
    }
    // It counts from the first row as it was shown last, which may be gone.
    const bool counts = m_waiting && !m_numbers.empty() && !m_listing->sorting();
    const double gone =
        counts ? static_cast<double>(m_top) - static_cast<double>(m_listing->indexOf(m_numbers.front())) : 0;
    m_following = isEnd(position - gone);
    m_toTop = false;
    moveTo(position - gone);
}

void EventWindow::setFollowing(bool following)
{
    if (following != m_following) {
        m_following = following;
        refresh();
    }
}

double EventWindow::unseen() const
{
    if (m_listing->sorting()) {
        return 0; // frozen: nothing comes
    }
    return static_cast<double>(m_listing->count() - m_listing->indexOf(m_seenEnd));
}

bool EventWindow::isListed(quint64 number) const
{
    const quint64 place = m_listing->indexOf(number);
    return place < m_listing->count() && m_listing->numberAt(place) == number;
}

void EventWindow::onListingChanged()
{
    if (m_rest.isActive()) {
        m_waiting = true;
        return;
    }
    QElapsedTimer time;
    time.start();
    refresh();
    if (m_leastRest > std::chrono::milliseconds::zero()) {
        m_rest.start(std::max(m_leastRest, restShare * std::chrono::milliseconds(time.elapsed())));
    }
}

void EventWindow::catchUp()
{
    if (m_waiting) {
        refresh();
    }
}

void EventWindow::refresh()
{
    m_waiting = false;
    if (m_current != 0 && !m_listing->rows().contains(m_current)) {
        m_current = 0;
        Q_EMIT currentChanged();
    }
    // What held its place before the rows changed: the current row if it was in view, else the first.
    double place = 0;
    const int row = currentRow();
    if (m_toTop) {
        m_toTop = m_listing->isSearching();
        m_fraction = 0;
    } else if (row >= 0 && isListed(m_current)) {
        place = static_cast<double>(m_listing->indexOf(m_current)) - row;
    } else if (!m_numbers.empty()) {
        place = static_cast<double>(m_listing->indexOf(m_numbers.front()));
    }
    const bool gone = !m_numbers.empty() && m_numbers.front() < m_listing->rows().first();
    moveTo(place + (gone ? 0 : m_fraction));
}

/// Sorted rows are read from their beginning, the live ones at their end.
void EventWindow::onSortingChanged()
{
    m_following = !m_listing->sorting();
    m_toTop = !m_following; // until they are sorted
    moveTo(0);
}

void EventWindow::redraw(const QList<int> &roles)
{
    if (!m_numbers.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), roles);
    }
}

void EventWindow::setTimeForm(TimeForm form)
{
    if (form != m_timeForm) {
        m_timeForm = form;
        redraw({CellsRole, SpokenRole});
        Q_EMIT timeFormChanged();
    }
}

double EventWindow::endPosition() const
{
    return std::max(0.0, static_cast<double>(m_listing->count()) - m_viewSize);
}

bool EventWindow::isEnd(double position) const
{
    // A wheel step that ends within a pixel of the end means the end.
    constexpr double aPixel = 0.04;
    return position >= endPosition() - aPixel && !m_listing->sorting();
}

void EventWindow::moveTo(double position)
{
    const double end = endPosition();
    position = m_following ? end : std::clamp(position, 0.0, end);
    m_total = static_cast<double>(m_listing->count());

    const double top = std::floor(position);
    m_fraction = position - top;
    const auto first = static_cast<quint64>(top);
    // One more for the part that is scrolled off, one for a view that is not a whole number of rows.
    const auto most = static_cast<quint64>(std::ceil(m_viewSize)) + 2;
    std::vector<quint64> numbers(static_cast<std::size_t>(std::min(most, m_listing->count() - first)));
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        numbers[row] = m_listing->numberAt(first + row);
    }
    const auto inView = static_cast<std::size_t>(std::floor(position + m_viewSize) - top);
    if (inView > 0 && !numbers.empty()) {
        m_seenEnd = std::max(m_seenEnd, numbers[std::min(inView, numbers.size()) - 1] + 1);
    }
    showRows(first, std::move(numbers));
    Q_EMIT viewChanged();
}

/// Rows never change what they say, so only other numbers are news to those already shown. What comes or goes
/// does so at the end, while the others say what they said before.
void EventWindow::showRows(quint64 top, std::vector<quint64> numbers)
{
    const auto rows = static_cast<int>(numbers.size());
    if (rows < rowCount()) {
        beginRemoveRows({}, rows, rowCount() - 1);
        m_numbers.resize(numbers.size());
        endRemoveRows();
    }
    const int kept = rowCount();
    m_top = top;
    if (!std::equal(m_numbers.begin(), m_numbers.end(), numbers.begin())) {
        std::copy_n(numbers.begin(), m_numbers.size(), m_numbers.begin());
        Q_EMIT dataChanged(index(0), index(kept - 1));
    }
    if (rows > kept) {
        beginInsertRows({}, kept, rows - 1);
        m_numbers = std::move(numbers);
        endInsertRows();
    }
}

int EventWindow::currentRow() const
{
    const auto row = std::find(m_numbers.begin(), m_numbers.end(), m_current);
    return m_current == 0 || row == m_numbers.end() ? -1 : static_cast<int>(row - m_numbers.begin());
}

void EventWindow::setCurrent(int row)
{
    if (row >= 0 && row < rowCount()) {
        m_current = m_numbers[static_cast<std::size_t>(row)];
        m_following = false; // who selects wants to read
        Q_EMIT currentChanged();
        Q_EMIT viewChanged();
    }
}

void EventWindow::moveCurrent(double rows)
{
    catchUp();
    if (m_listing->count() == 0) {
        return;
    }
    const double last = total() - 1;
    double place = 0;
    if (m_current == 0 || !isListed(m_current)) {
        // The first step enters at the edge of the view that it comes from.
        const double edge = rows < 0 ? std::min(position() + m_viewSize, total()) - 1 : position();
        place = std::ceil(edge) + rows - (rows < 0 ? -1 : 1);
    } else {
        place = static_cast<double>(m_listing->indexOf(m_current)) + rows;
    }
    select(static_cast<quint64>(std::clamp(place, 0.0, last)));
}

void EventWindow::goTo(double number)
{
    catchUp();
    if (m_listing->count() > 0) {
        const quint64 place = m_listing->indexOf(static_cast<quint64>(std::max(number, 0.0)));
        select(std::min(place, m_listing->count() - 1));
    }
}

void EventWindow::select(quint64 index)
{
    m_current = m_listing->numberAt(index);
    const auto row = static_cast<double>(index);
    if (index + 1 == m_listing->count() && !m_listing->sorting()) {
        setFollowing(true);
    } else if (row < position()) {
        setPosition(row);
    } else if (row + 1 > position() + m_viewSize) {
        setPosition(row + 1 - m_viewSize);
    } else {
        // The person is reading here: hold the view although it stands at the end.
        m_following = false;
        Q_EMIT viewChanged();
    }
    Q_EMIT currentChanged();
}

} // namespace lunaris
