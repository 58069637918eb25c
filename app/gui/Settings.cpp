// SPDX-License-Identifier: MIT
#include "app/gui/Settings.h"

#include <QMetaEnum>
#include <algorithm>

namespace lunaris
{

namespace
{

constexpr QLatin1String rowsKey{"history/rows"};
constexpr QLatin1String megabytesKey{"history/megabytes"};
constexpr QLatin1String everyoneKey{"watch/everyone"};
constexpr QLatin1String explainedKey{"watch/everyoneExplained"};
constexpr QLatin1String backlogKey{"watch/backlog"};
constexpr QLatin1String lookKey{"window/look"};
constexpr QLatin1String placeKey{"window/place"};
constexpr QLatin1String maximizedKey{"window/maximized"};

constexpr int usualRows = 1'000'000;
constexpr int usualMegabytes = 300;

int number(const QSettings &store, QLatin1String key, int usual, int least, int most)
{
    bool isNumber = false;
    const int value = store.value(key).toInt(&isNumber);
    return isNumber ? std::clamp(value, least, most) : usual;
}

} // namespace

Settings::Settings(QSettings *store, QObject *parent) : QObject(parent), m_store(store) {}

int Settings::historyRows() const
{
    return number(*m_store, rowsKey, usualRows, fewestRows, mostRows);
}

void Settings::setHistoryRows(int rows)
{
    m_store->setValue(rowsKey, std::clamp(rows, fewestRows, mostRows));
    Q_EMIT historyChanged();
}

int Settings::historyMegabytes() const
{
    return number(*m_store, megabytesKey, usualMegabytes, leastMegabytes, mostMegabytes);
}

void Settings::setHistoryMegabytes(int megabytes)
{
    m_store->setValue(megabytesKey, std::clamp(megabytes, leastMegabytes, mostMegabytes));
    Q_EMIT historyChanged();
}

bool Settings::showsEveryone() const
{
    return m_store->value(everyoneKey, false).toBool();
}

void Settings::setEveryone(bool everyone)
{
    if (everyone != showsEveryone()) {
        m_store->setValue(everyoneKey, everyone);
        Q_EMIT everyoneChanged();
    }
}

bool Settings::isEveryoneExplained() const
{
    return m_store->value(explainedKey, false).toBool();
}

void Settings::setEveryoneExplained()
{
    m_store->setValue(explainedKey, true);
}

bool Settings::wantsBacklog() const
{
    return m_store->value(backlogKey, true).toBool();
}

void Settings::setBacklog(bool backlog)
{
    m_store->setValue(backlogKey, backlog);
    Q_EMIT backlogChanged();
}

Settings::Look Settings::look() const
{
    bool isLook = false;
    const int look =
        QMetaEnum::fromType<Look>().keyToValue(m_store->value(lookKey).toByteArray().constData(), &isLook);
    return isLook ? static_cast<Look>(look) : Look::System;
}

void Settings::setLook(Look look)
{
    m_store->setValue(lookKey,
                      QString::fromLatin1(QMetaEnum::fromType<Look>().valueToKey(static_cast<int>(look))));
    Q_EMIT lookChanged();
}

QRect Settings::windowPlace() const
{
    return m_store->value(placeKey).toRect();
}

bool Settings::isWindowMaximized() const
{
    return m_store->value(maximizedKey, false).toBool();
}

void Settings::setWindow(const QRect &place, bool maximized)
{
    m_store->setValue(placeKey, place);
    m_store->setValue(maximizedKey, maximized);
}

} // namespace lunaris
