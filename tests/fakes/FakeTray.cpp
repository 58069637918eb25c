// SPDX-License-Identifier: MIT
#include "tests/fakes/FakeTray.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <utility>

namespace lunaris::test
{

namespace
{

constexpr QLatin1String watcherName{"org.kde.StatusNotifierWatcher"};
constexpr QLatin1String watcherPath{"/StatusNotifierWatcher"};
constexpr QLatin1String itemName{"org.kde.StatusNotifierItem"};
constexpr QLatin1String itemPath{"/StatusNotifierItem"};
constexpr QLatin1String menuName{"com.canonical.dbusmenu"};

/// What GetLayout says of a line, (ia{sv}av), and the lines below it, which are of the same form.
FakeTray::Line read(const QDBusArgument &argument, QVariantList &below, bool &visible)
{
    FakeTray::Line line;
    QVariantMap properties;
    argument.beginStructure();
    argument >> line.id >> properties;
    argument.beginArray();
    while (!argument.atEnd()) {
        QDBusVariant child;
        argument >> child;
        below.append(child.variant());
    }
    argument.endArray();
    argument.endStructure();
    visible = properties.value(QStringLiteral("visible"), true).toBool();
    line.label = properties.value(QStringLiteral("label")).toString();
    line.enabled = properties.value(QStringLiteral("enabled"), true).toBool();
    return line;
}

} // namespace

FakeTray::FakeTray(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_bus(bus), m_owners({}, bus, QDBusServiceWatcher::WatchForUnregistration)
{
    connect(&m_owners, &QDBusServiceWatcher::serviceUnregistered, this, [this](const QString &service) {
        m_items.removeAll(service);
        Q_EMIT StatusNotifierItemUnregistered(service);
    });
}

bool FakeTray::appear(bool withHost)
{
    m_hasHost = withHost;
    return m_bus.registerObject(watcherPath, this,
                                QDBusConnection::ExportScriptableContents |
                                    QDBusConnection::ExportAllProperties) &&
           m_bus.registerService(watcherName);
}

void FakeTray::setHost(bool there)
{
    m_hasHost = there;
    if (there) {
        Q_EMIT StatusNotifierHostRegistered();
    } else {
        Q_EMIT StatusNotifierHostUnregistered();
    }
}

void FakeTray::vanish()
{
    m_bus.unregisterService(watcherName);
    m_bus.unregisterObject(watcherPath);
    m_items.clear();
}

void FakeTray::RegisterStatusNotifierItem(const QString &service)
{
    m_owners.addWatchedService(service);
    m_items.append(service);
    Q_EMIT StatusNotifierItemRegistered(service);
}

void FakeTray::RegisterStatusNotifierHost(const QString &)
{
    setHost(true);
}

QVariant FakeTray::call(const QString &path, const QString &interface, const QString &method,
                        const QVariantList &arguments, int answer) const
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_items.value(0), path, interface, method);
    message.setArguments(arguments);
    return m_bus.call(message).arguments().value(answer);
}

QVariant FakeTray::property(const char *name) const
{
    const QVariant value = call(itemPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                                QStringLiteral("Get"), {QString(itemName), QString::fromLatin1(name)});
    return value.value<QDBusVariant>().variant();
}

QString FakeTray::toolTip() const
{
    // (sa(iiay)ss)
    const auto argument = property("ToolTip").value<QDBusArgument>();
    if (argument.currentType() != QDBusArgument::StructureType) {
        return {};
    }
    QString title;
    argument.beginStructure();
    argument.asVariant(); // an icon's name
    argument.asVariant(); // its pictures
    argument >> title;
    argument.endStructure();
    return title;
}

QByteArray FakeTray::icon() const
{
    // a(iiay)
    const auto argument = property("IconPixmap").value<QDBusArgument>();
    if (argument.currentType() != QDBusArgument::ArrayType) {
        return {};
    }
    QByteArray all;
    argument.beginArray();
    while (!argument.atEnd()) {
        int width = 0;
        int height = 0;
        QByteArray bytes;
        argument.beginStructure();
        argument >> width >> height >> bytes;
        argument.endStructure();
        all += bytes;
    }
    argument.endArray();
    return all;
}

std::vector<FakeTray::Line> FakeTray::menu() const
{
    const QVariant layout = call(property("Menu").value<QDBusObjectPath>().path(), menuName,
                                 QStringLiteral("GetLayout"), {0, -1, QStringList()}, 1);
    std::vector<Line> lines;
    if (!layout.canConvert<QDBusArgument>()) {
        return lines;
    }
    QVariantList below;
    bool visible = false;
    read(layout.value<QDBusArgument>(), below, visible);
    for (const QVariant &child : std::as_const(below)) {
        QVariantList submenu; // has none
        const Line line = read(child.value<QDBusArgument>(), submenu, visible);
        if (visible) {
            lines.push_back(line);
        }
    }
    return lines;
}

int FakeTray::idOf(const QString &label) const
{
    for (const Line &line : menu()) {
        if (line.label == label && line.enabled) {
            return line.id;
        }
    }
    return 0;
}

void FakeTray::choose(const QString &label)
{
    call(property("Menu").value<QDBusObjectPath>().path(), menuName, QStringLiteral("Event"),
         {idOf(label), QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(QString())), 0U});
}

void FakeTray::activate()
{
    call(itemPath, itemName, QStringLiteral("Activate"), {0, 0});
}

} // namespace lunaris::test
