// SPDX-License-Identifier: MIT
#include "app/models/UserNames.h"

#include <array>
#include <memory>
#include <pwd.h>

namespace lunaris
{

namespace
{

// Containers bring user ids by the ten thousand; beyond this it is cheaper to ask again.
constexpr qsizetype mostNames = 4096;

QString lookUp(quint32 uid)
{
    // Longer entries than this exist only in directories gone wrong; they are shown as numbers.
    std::array<char, 16384> buffer;
    passwd entry{};
    passwd *found = nullptr;
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return QString::fromLocal8Bit(entry.pw_name);
    }
    return QString::number(uid);
}

} // namespace

const QString &UserNames::name(quint32 uid) const
{
    const auto known = m_names.constFind(uid);
    if (known != m_names.constEnd()) {
        return *known;
    }
    if (m_names.size() >= mostNames) {
        m_names.clear();
    }
    return *m_names.insert(uid, lookUp(uid));
}

std::function<std::string(std::uint32_t)> UserNames::asFunction()
{
    return [names = std::make_shared<UserNames>()](std::uint32_t uid) {
        const QString &name = names->name(uid);
        return name == QString::number(uid) ? std::string() : name.toStdString();
    };
}

} // namespace lunaris
