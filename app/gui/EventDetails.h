// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_EVENTDETAILS_H
#define LUNARIS_APP_GUI_EVENTDETAILS_H

#include "app/models/BackgroundTask.h"
#include "app/models/EventListing.h"
#include "app/models/EventTexts.h"

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class ProcessTree;

/// All that is known of one event: its fields, its process's parents, and what else happened lately to the
/// same file and in the same process.
class EventDetails : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has them.")

public:
    /// Of the same file, and of the same process.
    static constexpr std::size_t mostRelated = 50;

    /// Both must outlive it.
    EventDetails(const EventListing *listing, const EventTexts *texts, QObject *parent = nullptr);

    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    /// Whether somebody can see it: it looks for nothing meanwhile.
    bool isActive() const { return m_active; }
    void setActive(bool active);

    Q_PROPERTY(double number READ number NOTIFY changed)
    /// Of the row; 0 is none.
    double number() const { return static_cast<double>(m_number); }
    void setNumber(quint64 number);

    /// Where parents are looked up; may be null, else it must outlive this.
    void setProcesses(const ProcessTree *processes) { m_processes = processes; }

    Q_PROPERTY(QString title READ title NOTIFY changed)
    const QString &title() const { return m_title; }

    Q_PROPERTY(bool event READ isEvent NOTIFY changed)
    /// Whether it is one; where events are missing there is no file and no process.
    bool isEvent() const { return m_isEvent; }

    Q_PROPERTY(QVariantList fields READ fields NOTIFY changed)
    /// Maps with "label", "text" and "exact" (bool: in the typeface of numbers and paths).
    const QVariantList &fields() const { return m_fields; }

    Q_PROPERTY(QVariantList parents READ parents NOTIFY changed)
    /// Of the process, the nearest first: maps with "pid" and "name".
    const QVariantList &parents() const { return m_parents; }

    Q_PROPERTY(QVariantList sameFile READ sameFile NOTIFY relatedChanged)
    Q_PROPERTY(QVariantList sameProcess READ sameProcess NOTIFY relatedChanged)
    /// The latest first: maps with "number", "time", "operation" and "about", which is what the two differ
    /// in.
    const QVariantList &sameFile() const { return m_sameFile; }
    const QVariantList &sameProcess() const { return m_sameProcess; }

    Q_PROPERTY(bool searching READ isSearching NOTIFY relatedChanged)
    /// Whether those two lists are not all there yet.
    bool isSearching() const { return m_fileSearch.isRunning() || m_processSearch.isRunning(); }

Q_SIGNALS:
    void activeChanged();
    void changed();
    void relatedChanged();

private:
    void show();
    void describe(const StoredEvent &row);
    void search(const StoredEvent &row);
    QVariantMap related(const StoredEvent &row, EventColumn about) const;

    const EventListing *const m_listing;
    const EventTexts *const m_texts;
    const ProcessTree *m_processes = nullptr;
    BackgroundTask m_fileSearch;
    BackgroundTask m_processSearch;
    QString m_title;
    QVariantList m_fields;
    QVariantList m_parents;
    QVariantList m_sameFile;
    QVariantList m_sameProcess;
    quint64 m_number = 0;
    bool m_isEvent = false;
    bool m_active = false;
};

} // namespace lunaris

#endif
