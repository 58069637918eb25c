// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_WINDOW_SINGLEINSTANCE_H
#define LUNARIS_APP_WINDOW_SINGLEINSTANCE_H

#include <QDBusConnection>
#include <QObject>
#include <QVariantMap>

namespace lunaris
{

/// One window per session: the first start takes the name org.lunaris.KernelMonitor on the session bus
/// and serves org.freedesktop.Application there; a later one asks it to come to the front and ends. Without a
/// session bus every start is a first one.
class SingleInstance : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    /// `bus` is the session bus.
    explicit SingleInstance(const QDBusConnection &bus, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// False if there is a first one, which has been told then: `request` goes with it as platform data,
    /// texts by their keys.
    bool isFirst(const QVariantMap &request);

public Q_SLOTS:
    Q_SCRIPTABLE void Activate(const QVariantMap &platformData);
    Q_SCRIPTABLE void Open(const QStringList &uris, const QVariantMap &platformData);
    Q_SCRIPTABLE void ActivateAction(const QString &action, const QVariantList &parameters,
                                     const QVariantMap &platformData);

Q_SIGNALS:
    /// A later start, or the desktop, wants the window. The texts come from outside, unchecked but for their
    /// length.
    void activated(const QVariantMap &request);

private:
    QDBusConnection m_bus;
    bool m_first = false;
};

} // namespace lunaris

#endif
