// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_JSONFORMAT_H
#define LUNARIS_APP_FORMAT_JSONFORMAT_H

#include "app/format/EventFormat.h"

namespace lunaris
{

/// JSON Lines. The keys are documented in lunaris-kernel-ctl(1) and stay: those of the filter language,
/// each only where the event has it, and time, sequence, attributes, cgroup.
class JsonFormat final : public EventFormat
{
public:
    std::optional<std::string> line(const MonitorEvent &event) override;
};

} // namespace lunaris

#endif
