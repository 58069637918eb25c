// SPDX-License-Identifier: MIT
#include "app/window/SingleInstance.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>

namespace lunaris
{

namespace
{

constexpr QLatin1String name{"org.lunaris.KernelMonitor"};
constexpr QLatin1String path{"/org/lunaris/KernelMonitor"};
constexpr QLatin1String interface {
    "org.freedesktop.Application"
};
constexpr qsizetype longestText = 10'000;
// It has a window to show, and answers before that.
constexpr int patience = 5'000;

} // namespace

SingleInstance::SingleInstance(const QDBusConnection &bus, QObject *parent) : QObject(parent), m_bus(bus) {}

SingleInstance::~SingleInstance()
{
    if (m_first) {
        m_bus.unregisterService(name);
        m_bus.unregisterObject(path);
    }
}

bool SingleInstance::isFirst(const QVariantMap &request)
{
    if (!m_bus.isConnected()) {
        return true;
    }
    // The object is there before the name, so that nobody who knows the name misses it.
    m_bus.registerObject(path, this, QDBusConnection::ExportScriptableSlots);
    if (m_bus.registerService(name)) {
        m_first = true;
        return true;
    }
    m_bus.unregisterObject(path);
    QDBusMessage activate = QDBusMessage::createMethodCall(name, path, interface, QStringLiteral("Activate"));
    activate.setArguments({request});
    const QDBusMessage reply = m_bus.call(activate, QDBus::Block, patience);
    // Whoever has the name and does not answer shall not keep a person from the window.
    return reply.type() != QDBusMessage::ReplyMessage;
}

void SingleInstance::Activate(const QVariantMap &platformData)
{
    QVariantMap request;
    for (auto entry = platformData.begin(); entry != platformData.end(); ++entry) {
        const QString text = entry.value().toString();
        if (entry.value().userType() == QMetaType::QString && text.size() <= longestText) {
            request.insert(entry.key(), text);
        }
    }
    Q_EMIT activated(request);
}

void SingleInstance::Open(const QStringList &, const QVariantMap &platformData)
{
    Activate(platformData);
}

void SingleInstance::ActivateAction(const QString &, const QVariantList &, const QVariantMap &platformData)
{
    Activate(platformData);
}

} // namespace lunaris
