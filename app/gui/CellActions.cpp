// SPDX-License-Identifier: MIT
#include "app/gui/CellActions.h"

#include "app/gui/EventColumns.h"
#include "app/gui/FilterField.h"
#include "app/gui/HighlightRules.h"
#include "app/models/EventListing.h"
#include "app/models/EventTexts.h"
#include "app/models/PathText.h"
#include "dbus/filter/ValueFilter.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QUrl>

namespace lunaris
{

namespace
{

using filter::Field;

/// What a column of this event is called in a filter; nothing where it is not in the language.
std::optional<Field> fieldOf(EventColumn column, const filter::EventView &view)
{
    switch (column) {
    case EventColumn::Application:
        return view.text(Field::App).empty() ? Field::Comm : Field::App;
    case EventColumn::Pid:
        return Field::Pid;
    case EventColumn::User:
        return Field::User;
    case EventColumn::Operation:
        return Field::Type;
    case EventColumn::Path:
        return view.has(Field::Addr) ? Field::Addr : Field::Path;
    case EventColumn::Result:
        return view.has(Field::Bytes) ? Field::Bytes : Field::Result;
    case EventColumn::Flags:
        return Field::Flags;
    case EventColumn::ParentPid:
        return Field::Ppid;
    case EventColumn::Uid:
        return Field::Uid;
    case EventColumn::Comm:
        return Field::Comm;
    case EventColumn::ApplicationId:
        return Field::App;
    case EventColumn::Amount:
        return view.has(Field::Bytes) ? Field::Bytes : Field::Port;
    case EventColumn::Number:
    case EventColumn::Time:
        break;
    }
    return std::nullopt;
}

void copy(const QString &text)
{
    if (!text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
    }
}

} // namespace

std::optional<StoredEvent> CellActions::row(double number) const
{
    const auto wanted = static_cast<quint64>(number);
    if (!m_parts.listing->rows().contains(wanted) || !m_parts.listing->rows().at(wanted).isEvent()) {
        return std::nullopt;
    }
    return m_parts.listing->rows().at(wanted);
}

QString CellActions::condition(double number, int column, bool others) const
{
    const auto event = row(number);
    if (!event) {
        return {};
    }
    filter::EventView view(event->members());
    const std::string user = m_parts.texts->cell(*event, EventColumn::User).toStdString();
    view.setText(Field::User, user);
    const auto field = fieldOf(static_cast<EventColumn>(column), view);
    if (!field) {
        return {};
    }
    const auto text = others ? filter::notThisValue(*field, view) : filter::onlyThisValue(*field, view);
    return QString::fromStdString(text.value_or(std::string()));
}

void CellActions::showOnly(double number, int column)
{
    const QString wanted = condition(number, column);
    if (!wanted.isEmpty()) {
        m_parts.filter->narrow(wanted);
    }
}

void CellActions::hide(double number, int column)
{
    const QString wanted = condition(number, column, true);
    if (!wanted.isEmpty()) {
        m_parts.filter->narrow(wanted);
    }
}

void CellActions::highlight(double number, int column)
{
    const QString wanted = condition(number, column);
    if (!wanted.isEmpty()) {
        m_parts.highlights->add(wanted);
    }
}

QByteArray CellActions::folderBytes(double number) const
{
    const auto event = row(number);
    // The front of a truncated path is not known, so neither is its folder.
    if (!event || !event->subject().starts_with('/') ||
        (event->attributes() & (TruncatedPath | UnreadableName)) != 0) {
        return {};
    }
    const std::string_view path = event->subject();
    return QByteArray(path.data(), static_cast<qsizetype>(path.rfind('/') + 1));
}

QString CellActions::folder(double number) const
{
    return PathText::directory(folderBytes(number), 0);
}

void CellActions::excludeFolder(double number)
{
    const QByteArray bytes = folderBytes(number);
    if (!bytes.isEmpty()) {
        Q_EMIT excludeRuleRequested(bytes);
    }
}

bool CellActions::canOpenFolder(double number) const
{
    const auto event = row(number);
    // A container's path may name something else out here.
    const bool foreign = event && (event->attributes() & ForeignMountNamespace) != 0;
    const QByteArray bytes = folderBytes(number);
    return !foreign && !bytes.isEmpty() && QDir(QFile::decodeName(bytes)).exists();
}

void CellActions::openFolder(double number)
{
    if (canOpenFolder(number)) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFile::decodeName(folderBytes(number))));
    }
}

void CellActions::copyValue(double number, int column)
{
    if (const auto event = row(number)) {
        copy(m_parts.texts->cell(*event, static_cast<EventColumn>(column)));
    }
}

void CellActions::copyRow(double number)
{
    const auto event = row(number);
    if (!event) {
        return;
    }
    QStringList cells;
    for (const EventColumn column : m_parts.columns->visibleColumns()) {
        cells.append(m_parts.texts->cell(*event, column));
    }
    copy(cells.join(QLatin1Char('\t')));
}

void CellActions::copyAsFilter(double number, int column)
{
    copy(condition(number, column));
}

} // namespace lunaris
