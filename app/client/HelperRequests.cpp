// SPDX-License-Identifier: MIT
#include "app/client/HelperRequests.h"

#include "dbus/Names.h"

#include <QDBusPendingReply>

namespace lunaris
{

HelperRequests::HelperRequests(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_calls(std::make_unique<HelperCalls>(bus))
{
}

void HelperRequests::setBus(const QDBusConnection &bus)
{
    m_calls = std::make_unique<HelperCalls>(bus);
}

void HelperRequests::pause(quint64 seconds)
{
    command(QStringLiteral("Pause"), {QString(dbus::scope::all), seconds});
}

void HelperRequests::resume()
{
    command(QStringLiteral("Resume"), {QString(dbus::scope::all)});
}

void HelperRequests::pauseOwn(quint64 seconds)
{
    command(QStringLiteral("Pause"), {QString(dbus::scope::own), seconds});
}

void HelperRequests::resumeOwn()
{
    command(QStringLiteral("Resume"), {QString(dbus::scope::own)});
}

void HelperRequests::requestPause()
{
    m_calls->call(QStringLiteral("GetPause"), {}, HelperCalls::Ask::Never,
                  [this](const QDBusPendingCallWatcher &finished) {
                      const QDBusPendingReply<bool, qulonglong, bool, qulonglong, uint> reply = finished;
                      if (!reply.isError()) {
                          Q_EMIT pauseReceived({reply.argumentAt<0>(), reply.argumentAt<1>(),
                                                reply.argumentAt<2>(), reply.argumentAt<3>(),
                                                reply.argumentAt<4>()});
                      }
                  });
}

template<typename Value>
void HelperRequests::request(const QString &method, void (HelperRequests::*received)(const Value &))
{
    m_calls->call(method, {}, HelperCalls::Ask::Never,
                  [this, received](const QDBusPendingCallWatcher &finished) {
                      const QDBusPendingReply<Value> reply = finished;
                      if (!reply.isError()) {
                          Q_EMIT(this->*received)(reply.value());
                      }
                  });
}

void HelperRequests::requestRules()
{
    request(QStringLiteral("GetRules"), &HelperRequests::rulesReceived);
}

void HelperRequests::setRules(const MonitorRuleList &rules)
{
    command(QStringLiteral("SetRules"), {QVariant::fromValue(rules)});
}

void HelperRequests::resetRules()
{
    command(QStringLiteral("ResetRules"), {});
}

void HelperRequests::setDeduplication(uint milliseconds)
{
    command(QStringLiteral("SetDeduplication"), {milliseconds});
}

void HelperRequests::command(const QString &method, const QVariantList &arguments)
{
    m_calls->call(method, arguments, HelperCalls::Ask::MayAsk,
                  [this, method](const QDBusPendingCallWatcher &reply) {
                      if (reply.isError()) {
                          Q_EMIT commandFailed(reply.error().message(), method);
                      } else {
                          Q_EMIT commandDone(method);
                      }
                  });
}

void HelperRequests::requestStatistics()
{
    request(QStringLiteral("GetStatistics"), &HelperRequests::statisticsReceived);
}

} // namespace lunaris
