// SPDX-License-Identifier: MIT
#include "dbus/filter/Expression.h"
#include "dbus/filter/Number.h"

#include <limits>

namespace lunaris::filter
{

namespace
{

using UidOf = std::function<std::optional<std::uint32_t>(const std::string &)>;

std::optional<Error> problemIn(const Node &node)
{
    if (node.kind == Node::Kind::Comparison && node.field == Field::User) {
        return Error{
            node.at,
            LUNARIS_SENTENCE("lunaris::filter",
                             "`user` is not known to the helper, which looks up no names; compare `uid`")};
    }
    if (node.kind == Node::Kind::Comparison && node.field == Field::Age) {
        return Error{node.at,
                     LUNARIS_SENTENCE("lunaris::filter",
                                      "`age` changes while events wait, so it cannot choose what is sent")};
    }
    for (const Node &child : node.children) {
        if (std::optional<Error> problem = problemIn(child)) {
            return problem;
        }
    }
    return std::nullopt;
}

std::optional<Error> rewrite(Node &node, const UidOf &uidOf)
{
    for (Node &child : node.children) {
        if (std::optional<Error> problem = rewrite(child, uidOf)) {
            return problem;
        }
    }
    if (node.kind != Node::Kind::Comparison || node.field != Field::User) {
        return std::nullopt;
    }
    if (!accepts(Field::Uid, node.op)) {
        return Error{
            node.at,
            LUNARIS_SENTENCE("lunaris::filter",
                             "`user` can be compared with whole names only (`==`, `!=` and `in`) when the "
                             "helper is to choose the events")};
    }
    node.field = Field::Uid;
    for (Value &value : node.values) {
        const std::optional<std::uint32_t> uid = uidOf(value.text);
        if (uid) {
            value.number = *uid;
        } else if (readNumber(value.text, value.number) != NumberForm::Number || value.number < 0 ||
                   value.number > std::numeric_limits<std::uint32_t>::max()) {
            return Error{value.at,
                         {LUNARIS_SENTENCE("lunaris::filter", "there is no user %1"), cited(value.text)}};
        }
        value.text.clear();
    }
    return std::nullopt;
}

} // namespace

std::optional<Error> problemInSubscription(const Expression &expression)
{
    return problemIn(expression.root);
}

Result<Expression> withUidForUser(const Expression &expression, const UidOf &uidOf)
{
    Expression rewritten = expression;
    if (std::optional<Error> problem = rewrite(rewritten.root, uidOf)) {
        return *problem;
    }
    return rewritten;
}

} // namespace lunaris::filter
