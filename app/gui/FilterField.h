// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_FILTERFIELD_H
#define LUNARIS_APP_GUI_FILTERFIELD_H

#include "app/gui/FilterProblem.h"
#include "app/models/EventFilter.h"

#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// A filter while it is typed: whether it can be used, what is wrong where, what may come next, and what was
/// typed before. What can be used comes into force after a short rest, or at once by apply().
class FilterField : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has one.")

public:
    static constexpr int longestHistory = 50;

    /// `settings` must outlive it.
    explicit FilterField(QSettings *settings, QObject *parent = nullptr);

    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    QString text() const { return m_text; }
    void setText(const QString &text);

    Q_PROPERTY(bool valid READ isValid NOTIFY textChanged)
    bool isValid() const { return m_problem.sentence().isEmpty(); }

    Q_PROPERTY(QString problem READ problem NOTIFY textChanged)
    /// One sentence, with the place as a person counts; empty while valid.
    QString problem() const { return m_problem.sentence(); }

    Q_PROPERTY(int problemStart READ problemStart NOTIFY textChanged)
    Q_PROPERTY(int problemLength READ problemLength NOTIFY textChanged)
    /// Where in text() it is, in characters; a length of 0 where something is missing.
    int problemStart() const { return m_problem.start(); }
    int problemLength() const { return m_problem.length(); }

    /// The last that came into force.
    const EventFilter &filter() const { return m_filter; }

    /// Makes the text come into force now, and remembers it; false if it cannot be used.
    Q_INVOKABLE bool apply();

    /// Takes a text and applies it.
    Q_INVOKABLE bool use(const QString &text);

    /// The filter with one more condition that has to hold too.
    Q_INVOKABLE bool narrow(const QString &condition);

    /// What may stand before the cursor in the place of the word there: a map with "start" (a place in the
    /// text) and "candidates". The cursor counts in characters.
    Q_INVOKABLE QVariantMap completion(int cursor) const;

    Q_PROPERTY(QStringList history READ history NOTIFY historyChanged)
    /// Applied before, the latest first.
    QStringList history() const { return m_history; }

Q_SIGNALS:
    void textChanged();
    void historyChanged();

    /// Another filter is in force.
    void applied(const lunaris::EventFilter &filter);

private:
    void check();
    void putInForce();
    void remember();

    QSettings *const m_settings;
    QTimer m_rest;
    QString m_text;
    FilterProblem m_problem;
    EventFilter m_typed; // of m_text, if it is valid
    EventFilter m_filter;
    QStringList m_history;
};

} // namespace lunaris

#endif
