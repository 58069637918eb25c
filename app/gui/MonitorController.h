// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MONITORCONTROLLER_H
#define LUNARIS_APP_GUI_MONITORCONTROLLER_H

#include "app/client/MonitorClient.h"
#include "app/gui/EventWindow.h"
#include "app/models/EventListModel.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// All that the window shows and does: one watch over one bus. Texts are whole, translated
/// sentences; the window only lays them out. Belongs to the GUI thread, nothing blocks.
class MonitorController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")

public:
    /// What the state of the watch means to the eye.
    enum class Condition { Connecting, Watching, Paused, Trouble };
    Q_ENUM(Condition)

    /// What a person can do about problem().
    enum class Remedy { Nothing, TryAgain, Resume };
    Q_ENUM(Remedy)

    /// `scope` is "own" or "all".
    MonitorController(const QDBusConnection &bus, const QString &scope, QObject *parent = nullptr);

    /// Subscribes. To be called once.
    void start();

    Q_PROPERTY(lunaris::EventWindow *rows READ rows CONSTANT)
    EventWindow *rows() { return &m_window; }

    /// All rows, of which rows() shows some.
    EventListModel *events() { return &m_events; }

    Q_PROPERTY(QString watched READ watched CONSTANT)
    /// Whose activity this is.
    QString watched() const;

    Q_PROPERTY(lunaris::MonitorController::Condition condition READ condition NOTIFY statusChanged)
    Condition condition() const;

    Q_PROPERTY(QString statusText READ statusText NOTIFY statusChanged)
    /// One or two words.
    QString statusText() const;

    Q_PROPERTY(QString problem READ problem NOTIFY statusChanged)
    /// What is wrong and what to do about it; empty while all is well.
    QString problem() const { return m_client.problem(); }

    Q_PROPERTY(lunaris::MonitorController::Remedy remedy READ remedy NOTIFY statusChanged)
    Remedy remedy() const;

    /// Does what remedy() says.
    Q_INVOKABLE void remedyProblem();

    Q_PROPERTY(bool capturing READ isCapturing NOTIFY statusChanged)
    /// Whether the helper captures: what it says, never what was asked of it.
    bool isCapturing() const { return m_client.status() == MonitorClient::Status::Watching; }

    Q_PROPERTY(bool captureSwitchable READ isCaptureSwitchable NOTIFY statusChanged)
    bool isCaptureSwitchable() const;

    /// Asks the helper to stop or start capturing for everyone. It may ask for a password first;
    /// a refusal comes as commandError().
    Q_INVOKABLE void requestCapture(bool capture);

    Q_PROPERTY(QString commandError READ commandError NOTIFY commandErrorChanged)
    /// Why the last requestCapture() was refused; empty when it was not, or was dismissed.
    QString commandError() const { return m_commandError; }
    Q_INVOKABLE void dismissCommandError();

    Q_PROPERTY(bool frozen READ isFrozen WRITE setFrozen NOTIFY frozenChanged)
    /// Whether the view stands still. Capture, counters and everyone else go on.
    bool isFrozen() const { return m_events.isFrozen(); }
    void setFrozen(bool frozen) { m_events.setFrozen(frozen); }

    Q_PROPERTY(double pendingCount READ pendingCount NOTIFY pendingCountChanged)
    /// Events that came since the view froze.
    double pendingCount() const { return static_cast<double>(m_events.pendingCount()); }

    /// Totals of the machine since the helper started; see GetStatistics in the interface XML.
    Q_PROPERTY(bool statisticsKnown READ areStatisticsKnown NOTIFY statisticsChanged)
    Q_PROPERTY(double seen READ seen NOTIFY statisticsChanged)
    Q_PROPERTY(double filtered READ filtered NOTIFY statisticsChanged)
    Q_PROPERTY(double duplicates READ duplicates NOTIFY statisticsChanged)
    Q_PROPERTY(double forwarded READ forwarded NOTIFY statisticsChanged)
    bool areStatisticsKnown() const { return !m_statistics.isEmpty(); }
    double seen() const { return statistic(QStringLiteral("seen")); }
    double filtered() const { return statistic(QStringLiteral("filtered")); }
    double duplicates() const { return statistic(QStringLiteral("duplicates")); }
    double forwarded() const { return statistic(QStringLiteral("forwarded")); }

    Q_PROPERTY(double lost READ lost NOTIFY statisticsChanged)
    /// Everything that could not be reported, to the Event Bus or to this window.
    double lost() const;

    Q_PROPERTY(QString lostDetail READ lostDetail NOTIFY statisticsChanged)
    /// lost() by cause, one line each; only the causes there are.
    QString lostDetail() const;

    /// Whether somebody can see the window: statistics are asked for only then.
    void setActive(bool active);

    /// Puts the path of the current row on the clipboard.
    Q_INVOKABLE void copyPath() const;

Q_SIGNALS:
    void statusChanged();
    void commandErrorChanged();
    void frozenChanged();
    void pendingCountChanged();
    void statisticsChanged();

private:
    double statistic(const QString &key) const;
    void onEvents(const MonitorEventList &events, quint64 dropped);
    void onStatus();
    void setCommandError(const QString &sentence);
    void runTimer();

    const QString m_scope;
    EventListModel m_events;
    EventWindow m_window;
    MonitorClient m_client;
    QTimer m_statisticsTimer;
    Statistics m_statistics;
    quint64 m_skipped = 0; // by the helper, for this subscription
    QString m_commandError;
    bool m_active = false;
};

} // namespace lunaris

#endif
