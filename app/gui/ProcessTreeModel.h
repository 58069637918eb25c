// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_PROCESSTREEMODEL_H
#define LUNARIS_APP_GUI_PROCESSTREEMODEL_H

#include "app/gui/PacedListModel.h"
#include "app/models/ProcessOutline.h"
#include "app/models/UserNames.h"

#include <QHash>
#include <QLocale>

namespace lunaris
{

/// The tree of processes as a list of rows, each so deep; all open at first. Processes that have ended are
/// left out unless wanted, or unless one below them still runs.
class ProcessTreeModel : public lunaris::PacedListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< what it calls itself
        PidRole,                     ///< quint32
        OwnerRole,                   ///< login name; empty where it is not known
        DepthRole,                   ///< int, 0 for the topmost
        ParentalRole,                ///< bool: there are rows below it, or would be if it were open
        OpenRole,                    ///< bool
        EventsRole,                  ///< double, its own
        EventsBelowRole,             ///< double, with all below it
        BytesRole,                   ///< written by it, with a unit; empty for none
        EndedRole,                   ///< bool
        DetailRole,                  ///< what else is known, a line each
        SpokenRole,                  ///< the whole row in one sentence
    };

    /// `tree` must outlive the model.
    explicit ProcessTreeModel(const ProcessTree *tree, QObject *parent = nullptr);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY choiceChanged)
    /// Only processes whose name, path or pid contains this, and those above them.
    const QString &search() const { return m_choice.search; }
    void setSearch(const QString &text);

    Q_PROPERTY(bool showEnded READ showsEnded WRITE setShowEnded NOTIFY choiceChanged)
    bool showsEnded() const { return m_choice.ended; }
    void setShowEnded(bool show);

    Q_PROPERTY(QString counted READ counted NOTIFY arranged)
    /// How many rows there are of how many processes, in one line.
    QString counted() const;

    /// Whether there are rows below a row, and they are shown.
    Q_INVOKABLE bool isOpen(int row) const;
    /// Shows the rows below a row, or hides them.
    Q_INVOKABLE void toggle(int row);

    /// The row of what is above; -1 for the topmost.
    Q_INVOKABLE int rowAbove(int row) const;

    /// What passes all that a process and those below it do; empty where they are too many for a filter.
    Q_INVOKABLE QString filterOf(int row) const;

    Q_INVOKABLE QString nameOf(int row) const;

    /// To be called when the tree has changed.
    void update() { touch(); }

Q_SIGNALS:
    void choiceChanged();

protected:
    void arrange(BackgroundTask &task) override;

private:
    using Place = ProcessOutline::Place;

    void take(ProcessOutline outline);
    const ProcessTree::Process &processAt(int row) const;
    static QString nameOf(const ProcessTree::Process &process);
    QString spoken(const ProcessTree::Process &process, const Place &place) const;
    QString detail(const ProcessTree::Process &process) const;

    const ProcessTree *const m_tree;
    UserNames m_users;
    const QLocale m_locale;
    QHash<quint64, Place> m_places; // of the rows, by number
    ProcessChoice m_choice;
};

} // namespace lunaris

#endif
