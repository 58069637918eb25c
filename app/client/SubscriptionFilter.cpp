// SPDX-License-Identifier: MIT
#include "app/client/SubscriptionFilter.h"

#include <array>
#include <pwd.h>

namespace lunaris
{

filter::Result<SubscriptionFilter> SubscriptionFilter::read(std::string_view text, const UidOf &uidOf)
{
    filter::Result<filter::Expression> result = filter::parse(text);
    if (const auto *const written = std::get_if<filter::Expression>(&result)) {
        result = filter::withUidForUser(*written, uidOf);
    }
    if (auto *const error = std::get_if<filter::Error>(&result)) {
        return *error;
    }
    const auto &expression = std::get<filter::Expression>(result);
    if (std::optional<filter::Error> problem = filter::problemInSubscription(expression)) {
        return *problem;
    }
    const filter::Result<filter::Program> program = filter::Program::compile(expression);
    if (const auto *const error = std::get_if<filter::Error>(&program)) {
        return *error;
    }
    SubscriptionFilter filter{filter::print(expression), std::get<filter::Program>(program).fields()};
    if (filter.text.size() > filter::maximumSize) {
        return filter::Error{
            {0, text.size()},
            LUNARIS_SENTENCE("lunaris::filter", "the filter is too long with uids in the place of users")};
    }
    return filter;
}

std::optional<std::uint32_t> SubscriptionFilter::uidOfUser(const std::string &name)
{
    // Longer entries than this exist only in directories gone wrong.
    std::array<char, 16384> buffer;
    passwd entry{};
    passwd *found = nullptr;
    if (getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return entry.pw_uid;
    }
    return std::nullopt;
}

} // namespace lunaris
