// SPDX-License-Identifier: MIT
#include "helper/service/SavedPauses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <limits>

namespace lunaris
{

Q_LOGGING_CATEGORY(logSavedPauses, "lunaris.kernel.state")

namespace
{

constexpr int formatVersion = 1;
constexpr qint64 latest = 253'402'300'800'000'000; // the year 10000

const QString versionKey = QStringLiteral("version");
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
    QJsonObject root{{versionKey, formatVersion}};
    if (all) {
        root.insert(allKey, toJson({all->by, all->until}));
    }
    QJsonArray list;
    for (const auto &[uid, until] : own) {
        list.append(toJson({uid, until}));
    }
    root.insert(ownKey, list);
    return QJsonDocument(root).toJson();
}

std::optional<SavedPauses> SavedPauses::fromBytes(const QByteArray &bytes)
{
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    const QJsonArray list = root.value(ownKey).toArray();
    const bool hasAll = root.contains(allKey);
    if (root.value(versionKey).toInt() != formatVersion || !root.value(ownKey).isArray() ||
        root.size() != (hasAll ? 3 : 2) || list.size() > static_cast<qsizetype>(maximumOwn)) {
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
    QString problem;
    const std::optional<QByteArray> bytes = file.read(problem);
    std::optional<SavedPauses> saved = bytes ? fromBytes(*bytes) : std::nullopt;
    if (bytes && !saved) {
        problem = QStringLiteral("it is damaged");
    }
    if (!problem.isEmpty()) {
        qCWarning(logSavedPauses, "What is paused in %ls is not known, so nothing is: %ls.",
                  qUtf16Printable(file.path()), qUtf16Printable(problem));
    }
    return saved.value_or(SavedPauses());
}

} // namespace lunaris
