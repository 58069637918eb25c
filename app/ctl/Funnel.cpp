// SPDX-License-Identifier: MIT
#include "app/ctl/Funnel.h"

#include "app/format/JsonText.h"

#include <array>
#include <cstdio>

namespace lunaris::Funnel
{

namespace
{

/// A counter's place in the funnel. What is only worth a line when it is not 0 is a loss, or rare.
struct Stage {
    const char *key;
    const char *title;
    bool always;
};

constexpr std::array stages = {
    Stage{"seen", "seen", true},
    Stage{"filtered", "  left out by a path rule", true},
    Stage{"duplicates", "  repetitions", true},
    Stage{"withheld", "  withheld from the Event Bus", true},
    Stage{"paused", "  left out by a pause", false},
    Stage{"raced", "  closed before the call returned", false},
    Stage{"malformed", "  not understood", false},
    Stage{"lost", "  lost in the kernel", false},
    Stage{"skipped", "  skipped by the kernel", false},
    Stage{"forwarded", "forwarded", true},
    Stage{"recovered", "recovered from an earlier run", false},
    Stage{"delivered", "  delivered to the Event Bus", true},
    Stage{"queued", "  waiting in memory", true},
    Stage{"spooled", "  waiting on disk", false},
    Stage{"dropped", "  dropped", false},
    Stage{"spool_damaged", "damaged places on disk", false},
    Stage{"subscriptions", "subscriptions", true},
};

} // namespace

std::string text(const Statistics &now, const Statistics *before, std::chrono::milliseconds since)
{
    std::string result;
    for (const Stage &stage : stages) {
        const QString key = QLatin1String(stage.key);
        const quint64 value = now.value(key);
        if (value == 0 && !stage.always) {
            continue;
        }
        char line[128];
        std::snprintf(line, sizeof(line), "%-34s %14llu", stage.title,
                      static_cast<unsigned long long>(value));
        result += line;
        if (before != nullptr && since.count() > 0) {
            // A helper that was started anew counts from 0.
            const quint64 old = before->value(key);
            const auto difference = static_cast<double>(value) - static_cast<double>(old > value ? 0 : old);
            std::snprintf(line, sizeof(line), " %12.1f/s",
                          difference * 1000 / static_cast<double>(since.count()));
            result += line;
        }
        result += '\n';
    }
    return result;
}

std::string json(const Statistics &now)
{
    QJsonObject object;
    for (auto counter = now.begin(); counter != now.end(); ++counter) {
        object.insert(counter.key(), static_cast<qint64>(counter.value()));
    }
    return toJsonLine(object);
}

} // namespace lunaris::Funnel
