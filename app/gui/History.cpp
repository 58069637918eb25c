// SPDX-License-Identifier: MIT
#include "app/gui/History.h"

#include "app/gui/Settings.h"
#include "app/models/EventStore.h"

#include <QLocale>
#include <chrono>

namespace lunaris
{

using namespace std::chrono_literals;

History::History(EventStore *store, const Settings *settings, QObject *parent)
    : QObject(parent), m_store(store), m_settings(settings)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &History::heldChanged);
    connect(store, &EventStore::changed, this, [this] {
        if (!m_timer.isActive()) {
            m_timer.start();
        }
    });
    connect(settings, &Settings::historyChanged, this, &History::applyBounds);
    applyBounds();
}

QString History::held() const
{
    const QLocale locale;
    return tr("%1 events in %2")
        .arg(locale.toString(m_store->rows().eventCount()), locale.formattedDataSize(m_store->bytes(), 1));
}

void History::applyBounds()
{
    m_store->setMaximumRows(static_cast<quint64>(m_settings->historyRows()));
    m_store->setMaximumBytes(qsizetype{m_settings->historyMegabytes()} * 1024 * 1024);
    Q_EMIT heldChanged();
}

} // namespace lunaris
