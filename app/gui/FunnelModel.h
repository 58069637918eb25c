// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_FUNNELMODEL_H
#define LUNARIS_APP_GUI_FUNNELMODEL_H

#include "dbus/MonitorEvent.h"
#include "dbus/MonitorRule.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// What became of everything that was seen, a row a stage: seen, of these left out (by which rule), lost,
/// forwarded, and of these delivered, waiting or dropped. Stages that are rare are there when they happened.
class FunnelModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The statistics have one.")

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        CountRole, ///< double, whole
        ShareRole, ///< of all that was seen, 0 to 1
        LevelRole, ///< 0 what is divided, 1 its parts, 2 the parts of a part
        LossRole,  ///< bool: what nobody wanted
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    void setTotals(const Statistics &totals);

    /// Of these the three that decided most are told.
    void setRules(const CountedRuleList &rules);

private:
    struct Stage {
        QString title;
        quint64 count = 0;
        int level = 0;
        bool loss = false;
    };

    void rebuild();

    Statistics m_totals;
    CountedRuleList m_busiest;
    QList<Stage> m_stages;
};

} // namespace lunaris

#endif
