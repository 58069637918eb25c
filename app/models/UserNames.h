// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_USERNAMES_H
#define LUNARIS_APP_MODELS_USERNAMES_H

#include <QHash>
#include <QString>

namespace lunaris
{

/// Login names of user ids, each asked for once: the answer may come from a directory server.
class UserNames
{
public:
    /// The login name, or the number where the system knows none.
    const QString &name(quint32 uid) const;

private:
    mutable QHash<quint32, QString> m_names;
};

} // namespace lunaris

#endif
