// SPDX-License-Identifier: MIT
#include "app/models/EventSorting.h"

#include "app/models/EventTexts.h"

#include <QString>
#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>

namespace lunaris
{

namespace
{

template<typename Key>
struct Keyed {
    Key key;
    quint64 number;
};

/// In blocks that are merged, so that it can be left in between.
template<typename Key>
RowNumbers sortKeyed(std::vector<Keyed<Key>> rows, bool descending, BackgroundTask::Course &course)
{
    constexpr std::size_t block = 16384;
    // Descending turns the keys round, not what is alike.
    const auto before = [descending](const Keyed<Key> &left, const Keyed<Key> &right) {
        return descending ? right.key < left.key : left.key < right.key;
    };
    const auto at = [&rows](std::size_t index) {
        return rows.begin() + static_cast<std::ptrdiff_t>(std::min(index, rows.size()));
    };
    for (std::size_t start = 0; start < rows.size(); start += block) {
        if (course.isCancelled()) {
            return {};
        }
        std::stable_sort(at(start), at(start + block), before);
        course.setProgress(0.5 * static_cast<double>(start) / static_cast<double>(rows.size()));
    }
    for (std::size_t width = block; width < rows.size(); width *= 2) {
        for (std::size_t start = 0; start < rows.size(); start += 2 * width) {
            if (course.isCancelled()) {
                return {};
            }
            std::inplace_merge(at(start), at(start + width), at(start + 2 * width), before);
        }
        course.setProgress(0.5 + 0.5 * static_cast<double>(width) / static_cast<double>(rows.size()));
    }
    RowNumbers numbers(rows.size());
    std::transform(rows.begin(), rows.end(), numbers.begin(),
                   [](const Keyed<Key> &row) { return row.number; });
    return numbers;
}

template<typename KeyOf>
auto keyed(const EventRows &rows, const RowNumbers &numbers, KeyOf keyOf)
{
    std::vector<Keyed<decltype(keyOf(rows.at(0)))>> result;
    result.reserve(numbers.size());
    for (const quint64 number : numbers) {
        result.push_back({keyOf(rows.at(number)), number});
    }
    return result;
}

/// What makes the texts of such a column differ, shorter than the texts.
std::string originOf(const StoredEvent &row, EventColumn column)
{
    switch (column) {
    case EventColumn::Application:
        return std::string(row.application()) + '\n' + std::string(row.comm());
    case EventColumn::User:
        return std::to_string(row.uid());
    case EventColumn::Flags:
        return std::string(row.type()) + '\n' + std::to_string(row.flags());
    case EventColumn::Operation:
        return std::string(row.type()) + '\n' + std::to_string(row.attributes());
    default:
        return std::string(row.type()) + '\n' + std::to_string(row.value());
    }
}

/// Columns with few different texts: each is made once, they are sorted as people do, and the rows by their
/// texts' places.
std::vector<Keyed<qint64>> ranked(const EventRows &rows, const RowNumbers &numbers, EventColumn column,
                                  const BackgroundTask::Course &course)
{
    const EventTexts texts;
    std::unordered_map<std::string, qint64> indexOf;
    std::vector<QString> shown;
    std::vector<Keyed<qint64>> result;
    result.reserve(numbers.size());
    for (const quint64 number : numbers) {
        if (course.isCancelled()) {
            return {};
        }
        const StoredEvent row = rows.at(number);
        const auto [entry, isNew] =
            indexOf.try_emplace(originOf(row, column), static_cast<qint64>(shown.size()));
        if (isNew) {
            shown.push_back(texts.cell(row, column));
        }
        result.push_back({entry->second, number});
    }
    std::vector<std::size_t> order(shown.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&shown](std::size_t left, std::size_t right) {
        return shown[left].localeAwareCompare(shown[right]) < 0;
    });
    std::vector<qint64> rank(shown.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        // The same text of two origins has one place.
        const bool same = place > 0 && shown[order[place]] == shown[order[place - 1]];
        rank[order[place]] = same ? rank[order[place - 1]] : static_cast<qint64>(place);
    }
    for (Keyed<qint64> &row : result) {
        row.key = rank[static_cast<std::size_t>(row.key)];
    }
    return result;
}

} // namespace

RowNumbers sorted(const EventRows &rows, RowNumbers numbers, EventSorting sorting,
                  BackgroundTask::Course &course)
{
    const auto by = [&](auto keyOf) {
        return sortKeyed(keyed(rows, numbers, keyOf), sorting.descending, course);
    };
    switch (sorting.column) {
    case EventColumn::Number:
        return by([](const StoredEvent &row) { return row.number(); });
    case EventColumn::Time:
        return by([](const StoredEvent &row) { return row.time(); });
    case EventColumn::Pid:
        return by([](const StoredEvent &row) { return row.pid(); });
    case EventColumn::ParentPid:
        return by([](const StoredEvent &row) { return row.parentPid(); });
    case EventColumn::Uid:
        return by([](const StoredEvent &row) { return row.uid(); });
    case EventColumn::Amount:
        return by([](const StoredEvent &row) { return row.value(); });
    case EventColumn::Path:
        return by([](const StoredEvent &row) { return row.subject(); });
    case EventColumn::Comm:
        return by([](const StoredEvent &row) { return row.comm(); });
    case EventColumn::ApplicationId:
        return by([](const StoredEvent &row) { return row.application(); });
    case EventColumn::Application:
    case EventColumn::User:
    case EventColumn::Operation:
    case EventColumn::Result:
    case EventColumn::Flags:
        break;
    }
    return sortKeyed(ranked(rows, numbers, sorting.column, course), sorting.descending, course);
}

} // namespace lunaris
