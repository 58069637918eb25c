// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_HELPERCALLS_H
#define LUNARIS_APP_CLIENT_HELPERCALLS_H

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QObject>
#include <QVariantList>
#include <functional>

namespace lunaris
{

/// Calls methods of the helper's object, which starts the helper where it does not run. Nothing blocks.
class HelperCalls : public QObject
{
    Q_OBJECT

public:
    enum class Ask { Never, MayAsk }; ///< whether polkit may ask the person for a password

    /// Called once with the finished call, unless we are gone before.
    using Done = std::function<void(const QDBusPendingCallWatcher &)>;

    explicit HelperCalls(const QDBusConnection &bus) : m_bus(bus) {}

    void call(const QString &method, const QVariantList &arguments, Ask ask, const Done &done);

    /// All properties of the interface.
    void fetchProperties(const Done &done);

    /// Without an answer.
    void send(const QString &method, const QVariantList &arguments) const;

    /// Whether the helper itself has refused; whatever else goes wrong between it and us (no such service,
    /// activation failed, no reply, disconnected) means that there is no helper.
    static bool isFromHelper(const QDBusError &error);

private:
    void call(QDBusMessage message, Ask ask, const Done &done);

    QDBusConnection m_bus;
};

} // namespace lunaris

#endif
