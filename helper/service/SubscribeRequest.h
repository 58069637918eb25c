// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SUBSCRIBEREQUEST_H
#define LUNARIS_HELPER_SERVICE_SUBSCRIBEREQUEST_H

#include "dbus/filter/Expression.h"
#include "helper/normalizer/EventType.h"
#include "helper/service/ErrorReply.h"

#include <QVariantMap>
#include <QtGlobal>
#include <variant>

namespace lunaris
{

/// The options of Subscribe, checked.
struct SubscribeRequest {
    bool everyone = false;
    EventTypes types = EventTypes::usual();
    filter::Expression filter;
    quint32 backlog = 0;
    quint32 maximumRate = 0; ///< events a second; 0: as many as there are

    /// An unknown option, or a value of another type than is asked for, is refused.
    static std::variant<SubscribeRequest, ErrorReply> parse(const QVariantMap &options);
};

} // namespace lunaris

#endif
