// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_STATSWATCH_H
#define LUNARIS_APP_CTL_STATSWATCH_H

#include "app/ctl/Helper.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace lunaris
{

/// `stats --watch`: the statistics once a second, which is how often the helper refreshes them.
class StatsWatch : public QObject
{
    Q_OBJECT

public:
    StatsWatch(Helper &helper, bool json);

    void start();

public Q_SLOTS:
    void stop();

Q_SIGNALS:
    void finished(int status);

private:
    void show();

    Helper &m_helper;
    const bool m_json;
    QTimer m_timer;
    QElapsedTimer m_since;
    std::optional<Funnel::Look> m_before;
};

} // namespace lunaris

#endif
