// SPDX-License-Identifier: MIT
#include "app/ctl/Funnel.h"

#include "app/ctl/RuleText.h"
#include "app/format/DisplayText.h"
#include "app/format/JsonText.h"
#include "proto/Escape.h"

#include <QJsonArray>
#include <algorithm>
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
};

/// What grows and never shrinks, but for a helper that was started anew; so their differences are rates.
constexpr std::array totals = {"seen",      "filtered",  "duplicates", "withheld",   "raced",
                               "malformed", "lost",      "skipped",    "lost_bytes", "forwarded",
                               "recovered", "delivered", "dropped"};

double rate(quint64 now, quint64 before, std::chrono::milliseconds since)
{
    const quint64 growth = now - (before > now ? 0 : before); // a new helper counts from 0
    return static_cast<double>(growth) * 1000 / static_cast<double>(since.count());
}

bool isTotal(const char *key)
{
    return std::find(totals.begin(), totals.end(), std::string_view(key)) != totals.end();
}

std::string line(const std::string &title, quint64 value, std::optional<double> growth)
{
    char number[64];
    std::snprintf(number, sizeof(number), " %14llu", static_cast<unsigned long long>(value));
    std::string text = title + std::string(title.size() < 34 ? 34 - title.size() : 0, ' ') + number;
    if (growth) {
        std::snprintf(number, sizeof(number), " %12.1f/s", *growth);
        text += number;
    }
    return text + '\n';
}

/// "1.3 ms", or in the unit that suits it.
std::string duration(quint64 microseconds)
{
    const auto value = static_cast<double>(microseconds);
    char text[32];
    if (microseconds < 1000) {
        std::snprintf(text, sizeof(text), "%llu us", static_cast<unsigned long long>(microseconds));
    } else if (microseconds < 1'000'000) {
        std::snprintf(text, sizeof(text), "%.1f ms", value / 1000);
    } else {
        std::snprintf(text, sizeof(text), "%.1f s", value / 1'000'000);
    }
    return text;
}

std::string fill(const Statistics &statistics, const char *key, const char *title)
{
    const QString name = QLatin1String(key);
    const quint64 bytes = statistics.value(name);
    if (bytes == 0) {
        return {};
    }
    constexpr double mebibyte = 1024 * 1024;
    char text[128];
    std::snprintf(text, sizeof(text), "%-34s %10.1f MiB of %.1f\n", title,
                  static_cast<double>(bytes) / mebibyte,
                  static_cast<double>(statistics.value(name + QStringLiteral("_max"))) / mebibyte);
    return text;
}

std::string latency(const Statistics &statistics, const char *place, const char *title)
{
    const QString key = QStringLiteral("latency.%1.").arg(QLatin1String(place));
    if (statistics.value(key + QStringLiteral("count")) == 0) {
        return {};
    }
    char text[160];
    std::snprintf(text, sizeof(text), "%-34s p50 %s, p99 %s, max %s\n", title,
                  duration(statistics.value(key + QStringLiteral("p50"))).c_str(),
                  duration(statistics.value(key + QStringLiteral("p99"))).c_str(),
                  duration(statistics.value(key + QStringLiteral("max"))).c_str());
    return text;
}

std::string rules(const Look &now, const std::optional<Before> &before)
{
    std::vector<PathRule> busy;
    std::copy_if(now.rules.begin(), now.rules.end(), std::back_inserter(busy),
                 [](const PathRule &rule) { return rule.hits > 0; });
    std::stable_sort(busy.begin(), busy.end(),
                     [](const PathRule &left, const PathRule &right) { return left.hits > right.hits; });
    std::string text = busy.empty() ? std::string() : "rules\n";
    for (const PathRule &rule : busy) {
        std::optional<double> growth;
        if (before) {
            const auto old = std::find_if(
                before->look.rules.begin(), before->look.rules.end(), [&rule](const PathRule &candidate) {
                    return candidate.prefix == rule.prefix && candidate.action == rule.action;
                });
            growth = rate(rule.hits, old == before->look.rules.end() ? 0 : old->hits, before->since);
        }
        const char *const action = rule.action == PathRule::Action::Include ? "  include " : "  exclude ";
        text += line(action + proto::toEscaped(rule.prefix), rule.hits, growth);
    }
    return text;
}

} // namespace

std::string text(const Look &now, const std::optional<Before> &before)
{
    std::string result;
    for (const Stage &stage : stages) {
        const QString key = QLatin1String(stage.key);
        const quint64 value = now.totals.value(key);
        if (value == 0 && !stage.always) {
            continue;
        }
        std::optional<double> growth;
        if (before && isTotal(stage.key)) {
            growth = rate(value, before->look.totals.value(key), before->since);
        }
        result += line(stage.title, value, growth);
    }
    result += fill(now.totals, "queued_bytes", "memory for what waits");
    result += fill(now.totals, "spooled_bytes", "disk for what waits");
    result += latency(now.totals, "bus", "from the kernel to the Event Bus");
    result += latency(now.totals, "subscribers", "from the kernel to subscribers");
    result += line("subscriptions", now.totals.value(QStringLiteral("subscriptions")), std::nullopt);
    result += rules(now, before);
    return result + "counted since " +
           dateAndClockText(now.totals.value(QStringLiteral("counting_since"))).toStdString() + '\n';
}

std::string json(const Look &now, const std::optional<Before> &before)
{
    QJsonObject object;
    for (auto counter = now.totals.begin(); counter != now.totals.end(); ++counter) {
        object.insert(counter.key(), static_cast<qint64>(counter.value()));
    }
    QJsonArray list;
    for (const PathRule &rule : now.rules) {
        list.append(RuleText::toJson(rule));
    }
    object.insert(QStringLiteral("rules"), list);
    if (before) {
        QJsonObject rates;
        for (const char *const key : totals) {
            const QString name = QLatin1String(key);
            rates.insert(name, rate(now.totals.value(name), before->look.totals.value(name), before->since));
        }
        object.insert(QStringLiteral("rates"), rates);
    }
    return toJsonLine(object);
}

} // namespace lunaris::Funnel
