// SPDX-License-Identifier: MIT
#include "app/client/HelperProperties.h"

#include <array>
#include <utility>

namespace lunaris
{

void HelperProperties::update(const QVariantMap &properties)
{
    static constexpr std::array<std::pair<QLatin1String, QMetaType::Type>, 9> known = {{
        {QLatin1String("State"), QMetaType::QString},
        {QLatin1String("StateReason"), QMetaType::QString},
        {QLatin1String("StateSince"), QMetaType::ULongLong},
        {QLatin1String("PausedUntil"), QMetaType::ULongLong},
        {QLatin1String("DeduplicationMilliseconds"), QMetaType::UInt},
        {QLatin1String("Version"), QMetaType::QString},
        {QLatin1String("KernelRelease"), QMetaType::QString},
        {QLatin1String("CaptureMethod"), QMetaType::QString},
        {QLatin1String("BusConnected"), QMetaType::Bool},
    }};
    for (const auto &[name, type] : known) {
        const auto found = properties.constFind(name);
        if (found != properties.constEnd() && found->typeId() == type) {
            m_values.insert(name, *found);
        }
    }
}

} // namespace lunaris
