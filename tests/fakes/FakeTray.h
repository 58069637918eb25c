// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_FAKETRAY_H
#define LUNARIS_TESTS_FAKES_FAKETRAY_H

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QStringList>
#include <QVariant>
#include <vector>

namespace lunaris::test
{

/// A desktop's tray without a desktop: the StatusNotifierWatcher on a session bus, and what a tray reads of
/// an item, by StatusNotifierItem and com.canonical.dbusmenu.
class FakeTray : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items)
    Q_PROPERTY(bool IsStatusNotifierHostRegistered MEMBER m_hasHost)
    Q_PROPERTY(int ProtocolVersion READ protocolVersion)

public:
    struct Line {
        int id = 0;
        QString label; ///< empty for a separator
        bool enabled = true;
    };

    explicit FakeTray(const QDBusConnection &bus, QObject *parent = nullptr);

    /// Takes the bus name; without a host there is nobody yet who would show an item.
    bool appear(bool withHost = true);
    void setHost(bool there);
    void vanish();

    /// Bus names of the items that are there.
    const QStringList &items() const { return m_items; }

    /// A property of the only item.
    QVariant property(const char *name) const;
    /// Title of its tool tip.
    QString toolTip() const;
    /// The bytes of its icon's pictures, whatever their format.
    QByteArray icon() const;

    /// Its menu; lines that are not visible are left out.
    std::vector<Line> menu() const;

    /// Whether its menu has a line with this text that can be chosen.
    bool offers(const QString &label) const { return idOf(label) != 0; }
    /// As if a person chose that.
    void choose(const QString &label);

    /// As if a person clicked on it.
    void activate();

    int protocolVersion() const { return 0; }

public Q_SLOTS:
    Q_SCRIPTABLE void RegisterStatusNotifierItem(const QString &service);
    Q_SCRIPTABLE void RegisterStatusNotifierHost(const QString &service);

Q_SIGNALS:
    Q_SCRIPTABLE void StatusNotifierItemRegistered(const QString &service);
    Q_SCRIPTABLE void StatusNotifierItemUnregistered(const QString &service);
    Q_SCRIPTABLE void StatusNotifierHostRegistered();
    Q_SCRIPTABLE void StatusNotifierHostUnregistered();

private:
    int idOf(const QString &label) const;
    QVariant call(const QString &path, const QString &interface, const QString &method,
                  const QVariantList &arguments, int answer = 0) const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_owners;
    QStringList m_items;
    bool m_hasHost = false;
};

} // namespace lunaris::test

#endif
