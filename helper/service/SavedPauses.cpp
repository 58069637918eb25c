// SPDX-License-Identifier: MIT
#include "helper/service/SavedPauses.h"

#include "helper/service/SavedState.h"

#include <QJsonArray>
#include <QJsonObject>
#include <limits>

namespace lunaris
{

namespace
{

constexpr qint64 latest = 253'402'300'800'000'000; // the year 10000

const QString allKey = QStringLiteral("all");
const QString ownKey = QStringLiteral("own");
const QString untilKey = QStringLiteral("until");
const QString uidKey = QStringLiteral("uid");

struct Entry {
    quint32 uid;
    quint64 until;
};

QJsonObject toJson(const Entry &entry)
{
    return {{uidKey, static_cast<qint64>(entry.uid)}, {untilKey, static_cast<qint64>(entry.until)}};
}

std::optional<Entry> entryIn(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const qint64 uid = object.value(uidKey).toInteger(-1);
    const qint64 until = object.value(untilKey).toInteger(-1);
    if (object.size() != 2 || uid < 0 || uid > std::numeric_limits<quint32>::max() || until < 0 ||
        until > latest) {
        return std::nullopt;
    }
    return Entry{static_cast<quint32>(uid), static_cast<quint64>(until)};
}

} // namespace

QByteArray SavedPauses::toBytes() const
{
    QJsonObject root;
    if (all) {
        root.insert(allKey, toJson({all->by, all->until}));
    }
    QJsonArray list;
    for (const auto &[uid, until] : own) {
        list.append(toJson({uid, until}));
    }
    root.insert(ownKey, list);
    return SavedState::toBytes(root);
}

std::optional<SavedPauses> SavedPauses::fromBytes(const QByteArray &bytes)
{
    const QJsonObject root = SavedState::contentOf(bytes).value_or(QJsonObject());
    const QJsonArray list = root.value(ownKey).toArray();
    const bool hasAll = root.contains(allKey);
    if (!root.value(ownKey).isArray() || root.size() != (hasAll ? 2 : 1) ||
        list.size() > static_cast<qsizetype>(maximumOwn)) {
        return std::nullopt;
    }
    SavedPauses saved;
    if (hasAll) {
        const std::optional<Entry> entry = entryIn(root.value(allKey));
        if (!entry) {
            return std::nullopt;
        }
        saved.all = OfAll{entry->until, entry->uid};
    }
    for (const QJsonValue element : list) {
        const std::optional<Entry> entry = entryIn(element);
        if (!entry || !saved.own.emplace(entry->uid, entry->until).second) {
            return std::nullopt;
        }
    }
    return saved;
}

SavedPauses SavedPauses::load(const StateFile &file)
{
    std::optional<SavedPauses> saved;
    SavedState::load(file, QStringLiteral("what was paused is not known, so nothing is"),
                     [&saved](const QByteArray &bytes) { return (saved = fromBytes(bytes)).has_value(); });
    return saved.value_or(SavedPauses());
}

} // namespace lunaris
