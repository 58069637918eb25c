// SPDX-License-Identifier: MIT
#include "helper/service/SubscribeRequest.h"

#include "dbus/Names.h"
#include "helper/service/Subscriptions.h"

#include <QStringList>
#include <optional>
#include <utility>

namespace lunaris
{

namespace
{

template<typename Type>
bool take(const QVariant &value, Type &target)
{
    if (value.metaType() != QMetaType::fromType<Type>()) {
        return false;
    }
    target = value.value<Type>();
    return true;
}

/// Nothing when there is a name among them that is no type, or none at all.
std::optional<EventTypes> typesNamed(const QStringList &names)
{
    EventTypes types;
    for (const QString &name : names) {
        const std::optional<EventType> type = eventTypeOf(name.toStdString());
        if (!type) {
            return std::nullopt;
        }
        types = types.with(*type);
    }
    return types.isEmpty() ? std::nullopt : std::optional(types);
}

QString knownTypes()
{
    QStringList names;
    for (const EventType type : eventTypes) {
        names.append(QString::fromLatin1(nameOf(type).data()));
    }
    return names.join(QStringLiteral(", "));
}

std::variant<filter::Expression, ErrorReply> parseFilter(const QVariant &option)
{
    QString text;
    if (!take(option, text)) {
        return ErrorReply{dbus::error::invalidFilter,
                          QStringLiteral("The option filter must be a text (s).")};
    }
    filter::Result<filter::Expression> result = filter::parse(text.toStdString());
    const auto *error = std::get_if<filter::Error>(&result);
    std::optional<filter::Error> problem;
    if (error == nullptr) {
        problem = filter::problemInSubscription(std::get<filter::Expression>(result));
        error = problem ? &*problem : nullptr;
    }
    if (error != nullptr) {
        return ErrorReply{dbus::error::invalidFilter, QString::fromStdString(error->message())};
    }
    return std::get<filter::Expression>(std::move(result));
}

} // namespace

std::variant<SubscribeRequest, ErrorReply> SubscribeRequest::parse(const QVariantMap &options)
{
    SubscribeRequest parsed;
    for (auto option = options.cbegin(); option != options.cend(); ++option) {
        const QString &name = option.key();
        QString text;
        if (name == QLatin1String("scope")) {
            if (!take(option.value(), text) || !dbus::scope::isOne(text)) {
                return ErrorReply{dbus::error::invalidArgument,
                                  QStringLiteral("The option scope must be \"own\" or \"all\".")};
            }
            parsed.everyone = text == dbus::scope::all;
        } else if (name == QLatin1String("types")) {
            QStringList names;
            const std::optional<EventTypes> types =
                take(option.value(), names) ? typesNamed(names) : std::nullopt;
            if (!types) {
                return ErrorReply{
                    dbus::error::invalidArgument,
                    QStringLiteral("The option types must list at least one of %1.").arg(knownTypes())};
            }
            parsed.types = *types;
        } else if (name == QLatin1String("filter")) {
            auto filter = parseFilter(option.value());
            if (auto *const refusal = std::get_if<ErrorReply>(&filter)) {
                return *refusal;
            }
            parsed.filter = std::get<filter::Expression>(std::move(filter));
        } else if (name == QLatin1String("backlog")) {
            if (!take(option.value(), parsed.backlog) || parsed.backlog > Subscriptions::maximumBacklog) {
                return ErrorReply{dbus::error::invalidArgument,
                                  QStringLiteral("The option backlog must be a number (u) up to %1.")
                                      .arg(Subscriptions::maximumBacklog)};
            }
        } else if (name == QLatin1String("max_rate")) {
            if (!take(option.value(), parsed.maximumRate)) {
                return ErrorReply{
                    dbus::error::invalidArgument,
                    QStringLiteral("The option max_rate must be a number (u) of events a second; "
                                   "0 is all of them.")};
            }
        } else {
            return ErrorReply{
                dbus::error::invalidArgument,
                QStringLiteral("There is no option of that name; there are scope, types, filter, "
                               "backlog and max_rate.")};
        }
    }
    return parsed;
}

} // namespace lunaris
