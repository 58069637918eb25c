// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_USERNAMES_H
#define LUNARIS_APP_MODELS_USERNAMES_H

#include <QHash>
#include <QString>
#include <cstdint>
#include <functional>
#include <string>

namespace lunaris
{

/// Login names of user ids, each asked for once: the answer may come from a directory server.
class UserNames
{
public:
    /// The login name, or the number where the system knows none.
    const QString &name(quint32 uid) const;

    /// A function with names of its own, for one thread: empty where the system knows none.
    static std::function<std::string(std::uint32_t)> asFunction();

private:
    mutable QHash<quint32, QString> m_names;
};

} // namespace lunaris

#endif
