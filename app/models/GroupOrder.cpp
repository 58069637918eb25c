// SPDX-License-Identifier: MIT
#include "app/models/GroupOrder.h"

#include <algorithm>

namespace lunaris
{

namespace
{

/// What groups are compared by: a number, or a text where all numbers are alike.
struct Place {
    quint64 number = 0;
    QByteArray text;
    std::size_t group = 0;
};

Place placeOf(const GroupTable::Group &group, const GroupOrder &order, const GroupNames &names)
{
    switch (order.column) {
    case GroupOrder::Column::Events:
        return {group.totals.events, {}, 0};
    case GroupOrder::Column::Bytes:
        return {group.totals.bytes, {}, 0};
    case GroupOrder::Column::First:
        return {group.totals.first, {}, 0};
    case GroupOrder::Column::Last:
        return {group.totals.last, {}, 0};
    case GroupOrder::Column::Name:
        break;
    }
    // Paths by their bytes, as a hundred thousand of them have to be.
    return {0,
            GroupNames::isPath(order.grouping)
                ? group.key
                : names.name(order.grouping, group.key).toCaseFolded().toUtf8(),
            0};
}

} // namespace

GroupListing listed(std::vector<GroupTable::Group> groups, const GroupOrder &order, const GroupNames &names,
                    const BackgroundTask::Course &course)
{
    GroupListing listing{order.grouping, {}, 1};
    std::vector<Place> places;
    places.reserve(groups.size());
    for (std::size_t index = 0; index < groups.size(); ++index) {
        if (course.isCancelled()) {
            return {};
        }
        const GroupTable::Group &group = groups[index];
        listing.mostEvents = std::max(listing.mostEvents, group.totals.events);
        if (order.search.isEmpty() ||
            names.name(order.grouping, group.key).contains(order.search, Qt::CaseInsensitive)) {
            places.push_back(placeOf(group, order, names));
            places.back().group = index;
        }
    }
    const auto before = [](const Place &one, const Place &other) {
        return one.number != other.number ? one.number < other.number : one.text < other.text;
    };
    std::stable_sort(places.begin(), places.end(), [&](const Place &one, const Place &other) {
        return order.descending ? before(other, one) : before(one, other);
    });
    listing.groups.reserve(places.size());
    for (const Place &place : places) {
        listing.groups.push_back(std::move(groups[place.group]));
    }
    return listing;
}

} // namespace lunaris
