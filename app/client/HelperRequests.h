// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_HELPERREQUESTS_H
#define LUNARIS_APP_CLIENT_HELPERREQUESTS_H

#include "app/client/HelperCalls.h"
#include "dbus/MonitorEvent.h"
#include "dbus/MonitorRule.h"
#include "dbus/PauseStatus.h"

#include <QObject>
#include <memory>

namespace lunaris
{

/// What a person may ask of the helper, and ask it to do, besides to watch. Answers come as signals. All
/// methods and signals belong to the thread that made it; nothing blocks.
class HelperRequests : public QObject
{
    Q_OBJECT

public:
    explicit HelperRequests(const QDBusConnection &bus, QObject *parent = nullptr);

    /// Asks the helper to pause capture for everyone for that long (0 = until resumed), or to resume.
    /// commandDone() or commandFailed() says how it went.
    void pause(quint64 seconds);
    void resume();

    /// The same for what the user's own programs do; see requestPause().
    void pauseOwn(quint64 seconds);
    void resumeOwn();

    /// Asks which pauses are on; they come as pauseReceived(), and nothing where that may not be known.
    void requestPause();

    /// Asks for the path rules in force; they come as rulesReceived(), and nothing where they may not be
    /// known.
    void requestRules();

    /// Change the path rules and the deduplication's window for everyone; commandDone() or commandFailed()
    /// says how it went.
    void setRules(const MonitorRuleList &rules);
    void resetRules();
    void setDeduplication(uint milliseconds);

    /// Asks for fresh statistics; they come as statisticsReceived().
    void requestStatistics();

Q_SIGNALS:
    void statisticsReceived(const lunaris::Statistics &statistics);

    void pauseReceived(const lunaris::PauseStatus &status);

    /// In the order in which they were set.
    void rulesReceived(const lunaris::CountedRuleList &rules);

    /// What was asked for is done: the name of the D-Bus method.
    void commandDone(const QString &method);

    /// What was asked for was refused: a sentence for the person, and the name of the D-Bus method.
    void commandFailed(const QString &sentence, const QString &method);

protected:
    HelperCalls &calls() { return *m_calls; }

    /// What was asked over the bus before gets no answer any more.
    void setBus(const QDBusConnection &bus);

private:
    /// For a method with no arguments and one answer.
    template<typename Value>
    void request(const QString &method, void (HelperRequests::*received)(const Value &));
    void command(const QString &method, const QVariantList &arguments);

    std::unique_ptr<HelperCalls> m_calls;
};

} // namespace lunaris

#endif
