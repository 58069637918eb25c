// SPDX-License-Identifier: MIT
#include "app/models/GroupNames.h"

#include "app/format/DisplayText.h"
#include "app/models/PathText.h"
#include "dbus/Names.h"

#include <algorithm>
#include <array>

namespace lunaris
{

namespace
{

struct TypeName {
    QLatin1String type;
    const char *words;
};

constexpr std::array<TypeName, 7> typeNames = {{
    {dbus::type::fileOpened, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Files opened")},
    {dbus::type::fileOpenFailed, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Files that could not be opened")},
    {dbus::type::fileWritten, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Files written")},
    {dbus::type::processStarted, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Programs started")},
    {dbus::type::processExited, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Programs ended")},
    {dbus::type::networkConnect, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Connections made")},
    {dbus::type::networkAccept, QT_TRANSLATE_NOOP("lunaris::GroupNames", "Connections taken")},
}};

} // namespace

QString GroupNames::name(Grouping grouping, const QByteArray &key) const
{
    const QByteArray value = EventSummary::value(grouping, key);
    if (isPath(grouping)) {
        // Of a truncated path the beginning is missing; if it has no slash at all, its folder is too.
        return value.isEmpty() ? QStringLiteral("…")
                               : PathText::whole(value, value.startsWith('/') ? 0U : quint32{TruncatedPath});
    }
    if (grouping == Grouping::User) {
        return m_users.name(value.toUInt());
    }
    if (grouping == Grouping::Operation) {
        const auto *const known =
            std::find_if(typeNames.begin(), typeNames.end(),
                         [&value](const auto &type) { return type.type == QLatin1String(value); });
        if (known != typeNames.end()) {
            return tr(known->words);
        }
    }
    if (grouping == Grouping::Application) {
        const QString &known = m_applications.find(QString::fromUtf8(value)).name;
        if (!known.isEmpty()) {
            return known;
        }
    }
    const QString text = printable(value);
    return text.isEmpty() ? tr("(unknown)") : text;
}

} // namespace lunaris
