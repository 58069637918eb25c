// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SAVEDPAUSES_H
#define LUNARIS_HELPER_SERVICE_SAVEDPAUSES_H

#include "helper/service/StateFile.h"

#include <QByteArray>
#include <QtGlobal>
#include <map>
#include <optional>

namespace lunaris
{

/// Every pause that is on. Times are microseconds since the Unix epoch; 0 is until resumed.
struct SavedPauses {
    /// Users who may have a pause of their own at a time.
    static constexpr std::size_t maximumOwn = 64;

    struct OfAll {
        quint64 until = 0;
        quint32 by = 0; ///< uid

        bool operator==(const OfAll &) const = default;
    };

    std::optional<OfAll> all;
    std::map<quint32, quint64> own; ///< uid → until

    bool operator==(const SavedPauses &) const = default;

    QByteArray toBytes() const;

    /// All of it or nothing.
    static std::optional<SavedPauses> fromBytes(const QByteArray &bytes);

    /// Of a damaged file nothing is taken: a line in the log says so.
    static SavedPauses load(const StateFile &file);
};

} // namespace lunaris

#endif
