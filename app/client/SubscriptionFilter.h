// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_SUBSCRIPTIONFILTER_H
#define LUNARIS_APP_CLIENT_SUBSCRIPTIONFILTER_H

#include "dbus/filter/Program.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lunaris
{

/// A person's filter made ready for the helper.
struct SubscriptionFilter {
    std::string text;        ///< canonical, with `uid` for `user`; valid UTF-8; empty for no filter
    filter::FieldSet fields; ///< what it asks for

    using UidOf = std::function<std::optional<std::uint32_t>(const std::string &name)>;

    /// Reads it and looks up the users that it names. What the helper would refuse is an error here, with
    /// its place in what the person has written.
    static filter::Result<SubscriptionFilter> read(std::string_view text, const UidOf &uidOf = uidOfUser);

    /// The uid of a login name, from the system's user database, which may be a server: it can block.
    static std::optional<std::uint32_t> uidOfUser(const std::string &name);
};

} // namespace lunaris

#endif
