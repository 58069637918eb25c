// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SCOPECHOICE_H
#define LUNARIS_APP_GUI_SCOPECHOICE_H

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;
class Settings;

/// Whose activity is watched. Before everyone's is for the first time, it is asked once, as what others
/// do is theirs; until the answer nothing is watched that was not before.
class ScopeChoice : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// Both must outlive it.
    ScopeChoice(MonitorClient *client, Settings *settings, QObject *parent = nullptr);

    /// For this time: starts the client, or has it go on with another scope. `scope` is "own", "all", or
    /// empty for what the settings say.
    void start(const QString &scope);

    Q_PROPERTY(bool everyone READ isEveryone NOTIFY changed)
    /// Whether everyone's activity is watched.
    bool isEveryone() const;

    Q_PROPERTY(bool asking READ isAsking NOTIFY changed)
    /// Whether the question is open.
    bool isAsking() const { return m_asking; }

    /// From now on, and the next time.
    Q_INVOKABLE void choose(bool everyone);

    /// The answer.
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void decline();

Q_SIGNALS:
    void changed();

private:
    void watch(bool everyone);

    MonitorClient *const m_client;
    Settings *const m_settings;
    bool m_started = false;
    bool m_asking = false;
    bool m_keep = false; // the answer, for the next time
};

} // namespace lunaris

#endif
