// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_RULESEDITOR_H
#define LUNARIS_APP_GUI_RULESEDITOR_H

#include "app/gui/RulesModel.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// What the Rules page shows and does: the path rules, edited here and put in force as a whole, and the
/// time in which repetitions are left out. What the helper refuses changes nothing here; its sentence comes
/// as MonitorClient::commandFailed().
class RulesEditor : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    static constexpr int longestDeduplication = 3'600'000; ///< milliseconds, that the helper takes

    /// `client` must outlive it.
    explicit RulesEditor(MonitorClient *client, QObject *parent = nullptr);

    Q_PROPERTY(lunaris::RulesModel *model READ model CONSTANT)
    RulesModel *model() { return &m_model; }

    Q_PROPERTY(bool known READ isKnown NOTIFY knownChanged)
    /// Whether the helper has said what is in force.
    bool isKnown() const { return m_known; }

    /// Whether somebody looks: hits are asked for every few seconds only then.
    void setWatched(bool watched);

    /// Edits the rules so that they leave out a folder, as soon as they are known; apply() is for the person.
    void suggestExclusion(const QByteArray &folder);

    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    /// Whether the helper has been asked to change something and has not answered yet.
    bool isBusy() const { return !m_asked.isEmpty(); }

    /// Puts the edited rules in force, or those of the configuration. The helper may ask for a password
    /// first.
    Q_INVOKABLE void apply();
    Q_INVOKABLE void resetToConfiguration();

    Q_PROPERTY(int deduplication READ deduplication NOTIFY deduplicationChanged)
    /// Milliseconds.
    int deduplication() const;
    Q_INVOKABLE void applyDeduplication(int milliseconds);

    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY pathChanged)
    /// That it is asked which rule decides for; with a slash at its end a folder.
    const QString &path() const { return m_path; }
    void setPath(const QString &path);

    Q_PROPERTY(QString decision READ decision NOTIFY decisionChanged)
    Q_PROPERTY(int decidingRow READ decidingRow NOTIFY decisionChanged)
    /// What the edited rules say about it, a sentence, and which of them, -1 for none.
    const QString &decision() const { return m_decision; }
    int decidingRow() const { return m_decidingRow; }

Q_SIGNALS:
    void knownChanged();
    void busyChanged();
    void deduplicationChanged();
    void pathChanged();
    void decisionChanged();

private:
    void ask();
    void takeSuggestion();
    void setAsked(const QString &method);
    void decide();

    MonitorClient *const m_client;
    RulesModel m_model;
    QTimer m_timer;
    QString m_asked;        // the D-Bus method that has no answer yet
    QByteArray m_suggested; // to be left out; empty: nothing
    QString m_path;
    QString m_decision;
    int m_decidingRow = -1;
    bool m_known = false;
    bool m_watched = false;
};

} // namespace lunaris

#endif
