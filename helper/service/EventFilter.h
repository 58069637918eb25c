// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_EVENTFILTER_H
#define LUNARIS_HELPER_SERVICE_EVENTFILTER_H

#include "dbus/filter/Program.h"
#include "helper/normalizer/Event.h"

#include <string>

namespace lunaris
{

/// A subscriber's filter, asked about the helper's events as the subscriber would see them.
class EventFilter
{
public:
    explicit EventFilter(filter::Program program) : m_program(std::move(program)) {}

    bool passes(const Event &event);

private:
    const filter::Program m_program;
    std::string m_comm; // room for those few that are no UTF-8
    std::string m_application;
};

} // namespace lunaris

#endif
