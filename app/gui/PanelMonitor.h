// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_PANELMONITOR_H
#define LUNARIS_APP_GUI_PANELMONITOR_H

#include "app/gui/Monitor.h"

#include <QObject>
#include <QQmlParserStatus>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace lunaris
{

/// A monitor of one's own activity that QML makes, for a panel in another program's window. It begins when
/// all its properties are set. Belongs to the GUI thread.
class PanelMonitor : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    QML_ELEMENT
    Q_INTERFACES(QQmlParserStatus)

public:
    explicit PanelMonitor(QObject *parent = nullptr) : QObject(parent) {}

    Q_PROPERTY(QString bus MEMBER m_bus)
    /// Where the helper is: "system" (so it is unless set), "session" or a D-Bus address.

    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    /// Whether somebody can see the panel.
    bool isActive() const { return m_active; }
    void setActive(bool active);

    Q_PROPERTY(lunaris::Monitor *monitor READ monitor NOTIFY monitorChanged)
    /// Null until it has begun, and where the bus is none.
    Monitor *monitor() const { return m_monitor.get(); }

    Q_PROPERTY(QString problem READ problem NOTIFY monitorChanged)
    /// What is wrong with the bus, a sentence; empty if nothing is.
    const QString &problem() const { return m_problem; }

    void classBegin() override {}
    void componentComplete() override;

Q_SIGNALS:
    void activeChanged();
    void monitorChanged();

private:
    QString m_bus = QStringLiteral("system");
    QString m_problem;
    std::unique_ptr<Monitor> m_monitor;
    bool m_active = true;
};

} // namespace lunaris

#endif
