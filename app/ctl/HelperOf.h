// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_HELPEROF_H
#define LUNARIS_APP_CTL_HELPEROF_H

#include "app/ctl/Command.h"
#include "app/ctl/Helper.h"
#include "app/ctl/PasswordAgent.h"
#include "dbus/BusConnection.h"

#include <optional>

namespace lunaris
{

/// The helper by a command's options (Command::addHelperOptions()), and the agent that asks for passwords.
class HelperOf
{
public:
    explicit HelperOf(const Command &command)
        : m_mayAsk(!command.isSet("no-ask")), m_helper(connectToBus(command.value("bus")), m_mayAsk)
    {
        if (m_mayAsk) {
            m_agent.emplace();
        }
    }

    Helper &operator*() { return m_helper; }
    Helper *operator->() { return &m_helper; }

private:
    const bool m_mayAsk;
    std::optional<PasswordAgent> m_agent;
    Helper m_helper;
};

} // namespace lunaris

#endif
