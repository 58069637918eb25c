// SPDX-License-Identifier: MIT
#include "app/gui/EventDetails.h"

#include "app/format/DisplayText.h"
#include "app/models/EventWords.h"
#include "app/models/PathText.h"
#include "app/models/ProcessTree.h"

#include <QLocale>
#include <functional>
#include <string>

namespace lunaris
{

namespace
{

QString fullTime(quint64 time)
{
    return dateAndClockText(time) + QStringLiteral(".%1").arg(time % 1'000'000, 6, 10, QLatin1Char('0'));
}

/// The latest rows that `wanted` says yes to.
RowNumbers latest(const EventRows &rows, const BackgroundTask::Course &course,
                  const std::function<bool(const StoredEvent &)> &wanted)
{
    RowNumbers numbers;
    for (quint64 number = rows.end(); number > rows.first() && numbers.size() < EventDetails::mostRelated;) {
        --number;
        if (number % 1024 == 0 && course.isCancelled()) {
            return {};
        }
        if (rows.at(number).isEvent() && wanted(rows.at(number))) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

} // namespace

EventDetails::EventDetails(const EventListing *listing, const EventTexts *texts, QObject *parent)
    : QObject(parent), m_listing(listing), m_texts(texts)
{
}

void EventDetails::setActive(bool active)
{
    if (active != m_active) {
        m_active = active;
        show();
        Q_EMIT activeChanged();
    }
}

void EventDetails::setNumber(quint64 number)
{
    if (number != m_number) {
        m_number = number;
        show();
    }
}

void EventDetails::show()
{
    m_fileSearch.cancel();
    m_processSearch.cancel();
    m_isEvent = false;
    m_title.clear();
    m_fields.clear();
    m_parents.clear();
    m_sameFile.clear();
    m_sameProcess.clear();
    if (m_active && m_listing->rows().contains(m_number)) {
        const StoredEvent row = m_listing->rows().at(m_number);
        m_isEvent = row.isEvent();
        describe(row);
        if (m_isEvent) {
            search(row);
        }
    }
    Q_EMIT changed();
    Q_EMIT relatedChanged();
}

void EventDetails::describe(const StoredEvent &row)
{
    const auto add = [this](const QString &label, const QString &text, bool exact = false) {
        if (!text.isEmpty()) {
            m_fields.append(QVariantMap{{QStringLiteral("label"), label},
                                        {QStringLiteral("text"), text},
                                        {QStringLiteral("exact"), exact}});
        }
    };
    const auto addColumn = [&](EventColumn column, bool exact = false) {
        add(EventTexts::title(column), m_texts->cell(row, column), exact);
    };
    if (!row.isEvent()) {
        m_title = tr("Missing events");
        add(tr("Time"), fullTime(row.time()), true);
        add(tr("Reason"), EventWords::gap(row));
        return;
    }
    const QByteArray subject(row.subject().data(), static_cast<qsizetype>(row.subject().size()));
    m_title = EventWords::operation(row);
    addColumn(EventColumn::Path, true);
    const QString detail = PathText::detail(subject, row.attributes());
    add(tr("Remarks"), detail.section(QLatin1Char('\n'), 1));
    add(tr("Time"), fullTime(row.time()), true);
    addColumn(EventColumn::Result);
    addColumn(EventColumn::Flags, true);
    addColumn(EventColumn::Amount);
    addColumn(EventColumn::Application);
    addColumn(EventColumn::ApplicationId, true);
    addColumn(EventColumn::Comm, true);
    addColumn(EventColumn::Pid, true);
    addColumn(EventColumn::ParentPid, true);
    add(tr("User"), tr("%1 (%2)").arg(m_texts->cell(row, EventColumn::User)).arg(row.uid()));
    add(tr("Type"), printable(std::string(row.type())), true);
    add(tr("Value"), QString::number(row.value()), true);
    if (row.mode() != 0) {
        add(tr("Mode"), QString::number(row.mode(), 8).rightJustified(7, QLatin1Char('0')), true);
    }
    add(tr("Cgroup"), QString::number(row.cgroup()), true);
    add(tr("Row"), QLocale().toString(row.number()), true);
    if (m_processes != nullptr) {
        for (const ProcessTree::Process &process : m_processes->parents(row.pid(), row.time())) {
            m_parents.append(QVariantMap{{QStringLiteral("pid"), process.pid},
                                         {QStringLiteral("name"), printable(process.comm)}});
        }
    }
}

void EventDetails::search(const StoredEvent &row)
{
    const quint64 self = row.number();
    const auto fill = [this](QVariantList *list, EventColumn about) {
        return [this, list, about](const RowNumbers &numbers) {
            list->clear();
            for (const quint64 number : numbers) {
                if (m_listing->rows().contains(number)) {
                    list->append(related(m_listing->rows().at(number), about));
                }
            }
            Q_EMIT relatedChanged();
        };
    };
    if (!row.subject().empty()) {
        m_fileSearch.start(
            [rows = m_listing->rows(), self,
             path = std::string(row.subject())](BackgroundTask::Course &course) {
                return latest(rows, course, [&](const StoredEvent &other) {
                    return other.subject() == path && other.number() != self;
                });
            },
            fill(&m_sameFile, EventColumn::Application));
    }
    m_processSearch.start(
        [rows = m_listing->rows(), self, pid = row.pid()](BackgroundTask::Course &course) {
            return latest(rows, course, [&](const StoredEvent &other) {
                return other.pid() == pid && other.number() != self;
            });
        },
        fill(&m_sameProcess, EventColumn::Path));
}

QVariantMap EventDetails::related(const StoredEvent &row, EventColumn about) const
{
    return {{QStringLiteral("number"), static_cast<double>(row.number())},
            {QStringLiteral("time"), EventTexts::clock(row.time())},
            {QStringLiteral("operation"), EventWords::operation(row)},
            {QStringLiteral("about"), m_texts->cell(row, about)}};
}

} // namespace lunaris
