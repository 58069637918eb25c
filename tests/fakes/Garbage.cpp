// SPDX-License-Identifier: MIT
#include "tests/fakes/Garbage.h"

#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/PlausibleEvents.h"

#include <array>
#include <limits>

namespace lunaris::test
{

namespace
{

constexpr std::array<const char *, 15> names = {
    "no-arguments", "other-arguments", "other-events", "repeated",  "disorder",
    "overstated",   "huge-number",     "huge-dropped", "huge-time", "huge-value",
    "huge-text",    "odd-events",      "other-watch",  "ended",     "properties",
};
static_assert(names.size() == static_cast<std::size_t>(Garbage::Properties) + 1);

constexpr quint64 hugeNumber = std::numeric_limits<quint64>::max();

/// Three of them, numbered from `first` on.
MonitorEventList events(quint64 first)
{
    MonitorEventList list = PlausibleEvents(5).make(3, 1'700'000'000'000'000);
    for (MonitorEvent &event : list) {
        event.sequence = first++;
    }
    return list;
}

MonitorEventList oddEvents()
{
    MonitorEventList list = events(0);
    list[0].type = QStringLiteral("moon.phase");
    list[0].value = -1;
    list[1].flags = list[1].mode = list[1].attributes = list[1].pid = list[1].uid = ~0U;
    list[1].cgroup = hugeNumber;
    list[1].time = 0;
    // Bytes that end text, are none, turn it around or clear a screen.
    list[2].subject = QByteArray("/srv/\0\xff\xfe\xe2\x80\xae\x1b[2J\n/", 15) + QByteArray(4000, '\x80');
    list[2].comm = QStringLiteral("\u202e\u2066<b>&amp;</b>");
    list[2].application.clear();
    return list;
}

/// The arguments of Events for a subscription whose next event would have the number `next`.
QVariantList arguments(Garbage kind, quint64 id, quint64 next)
{
    MonitorEventList list = events(next);
    quint64 dropped = 0;
    switch (kind) {
    case Garbage::NoArguments:
        return {};
    case Garbage::OtherArguments:
        return {QStringLiteral("nothing"), -1};
    case Garbage::OtherEvents:
        return {id, dropped, QStringList{QStringLiteral("/etc/fstab")}};
    case Garbage::Repeated:
        list = events(next - 1);
        break;
    case Garbage::Disorder:
        list.swapItemsAt(0, 2);
        break;
    case Garbage::Overstated:
        dropped = 5;
        break;
    case Garbage::HugeNumber:
        list = events(hugeNumber).mid(0, 1);
        break;
    case Garbage::HugeDropped:
        dropped = hugeNumber;
        list.clear();
        break;
    case Garbage::HugeTime:
        list[1].time = hugeNumber;
        break;
    case Garbage::HugeValue:
        list[1].value = std::numeric_limits<qint64>::min();
        break;
    case Garbage::HugeText:
        list[1].subject = '/' + QByteArray(1'000'000, 'x');
        break;
    default:
        break;
    }
    return {id, dropped, QVariant::fromValue(list)};
}

} // namespace

QStringList garbageNames()
{
    QStringList list;
    for (const char *name : names) {
        list.append(QLatin1String(name));
    }
    return list;
}

std::optional<Garbage> garbageOf(const QString &name)
{
    const qsizetype at = garbageNames().indexOf(name);
    return at < 0 ? std::nullopt : std::optional(static_cast<Garbage>(at));
}

void send(FakeHelper &helper, Garbage kind)
{
    constexpr quint64 nobody = 1'000'000;
    switch (kind) {
    case Garbage::OddEvents:
        helper.send(oddEvents());
        break;
    case Garbage::OtherWatch:
        helper.signalSubscribers(QStringLiteral("Events"), [](quint64 id, quint64) {
            return QVariantList{id + nobody, 3ULL, QVariant::fromValue(events(1))};
        });
        helper.signalSubscribers(QStringLiteral("SubscriptionEnded"), [](quint64 id, quint64) {
            return QVariantList{id + nobody, QString(dbus::ended::notAuthorized)};
        });
        break;
    case Garbage::Ended:
        helper.signalSubscribers(QStringLiteral("SubscriptionEnded"),
                                 [](quint64 id, quint64) { return QVariantList{QString::number(id)}; });
        break;
    case Garbage::Properties:
        helper.announce({{QStringLiteral("State"), 7},
                         {QStringLiteral("StateReason"), QStringList{QStringLiteral("Moon")}},
                         {QStringLiteral("StateSince"), QStringLiteral("yesterday")},
                         {QStringLiteral("PausedUntil"), -1},
                         {QStringLiteral("BusConnected"), QStringLiteral("perhaps")},
                         {QStringLiteral("Moon"), QVariantMap{{QStringLiteral("phase"), 3}}}});
        helper.announceAs({QString(dbus::interfaceName), QStringLiteral("running")});
        helper.announceAs({QStringLiteral("org.example.Other"),
                           QVariantMap{{QStringLiteral("State"), QString(dbus::state::paused)}},
                           QStringList()});
        break;
    default:
        helper.signalSubscribers(QStringLiteral("Events"),
                                 [kind](quint64 id, quint64 next) { return arguments(kind, id, next); });
        break;
    }
}

} // namespace lunaris::test
