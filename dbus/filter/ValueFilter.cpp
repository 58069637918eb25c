// SPDX-License-Identifier: MIT
#include "dbus/filter/ValueFilter.h"

#include "dbus/filter/Expression.h"
#include "dbus/filter/Symbols.h"
#include "proto/EventNames.h"

#include <utility>

namespace lunaris::filter
{

namespace
{

constexpr std::int64_t largestErrno = 4095; // that a system call can return

std::optional<std::string> printed(Node node)
{
    std::string text = print({std::move(node)});
    return text.size() <= maximumSize ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<Node> comparison(Field field, const EventView &event)
{
    if (!event.has(field)) {
        return std::nullopt;
    }
    Node node;
    node.kind = Node::Kind::Comparison;
    node.field = field;
    node.op = Operator::Equal;
    Value &value = node.values.emplace_back();
    if (isText(field)) {
        value.text = event.text(field);
        return node;
    }
    value.number = event.number(field);
    // Elsewhere a number below 0 is a signal.
    if (field == Field::Result && event.text(Field::Type) == proto::type::fileOpenFailed &&
        value.number >= -largestErrno && value.number < 0) {
        value.text = nameOfErrno(static_cast<int>(-value.number)).value_or(std::string_view());
    }
    return node;
}

} // namespace

std::optional<std::string> onlyThisValue(Field field, const EventView &event)
{
    std::optional<Node> node = comparison(field, event);
    return node ? printed(std::move(*node)) : std::nullopt;
}

std::optional<std::string> notThisValue(Field field, const EventView &event)
{
    std::optional<Node> compared = comparison(field, event);
    if (!compared) {
        return std::nullopt;
    }
    Node node;
    node.kind = Node::Kind::Not;
    node.children.push_back(std::move(*compared));
    return printed(std::move(node));
}

} // namespace lunaris::filter
