// SPDX-License-Identifier: MIT
#include "helper/service/Revocation.h"

#include "dbus/Names.h"

#include <chrono>
#include <utility>
#include <vector>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds debounce = 200ms;

} // namespace

Revocation::Revocation(Authority &authority, Subscriptions &subscriptions)
    : m_authority(authority), m_subscriptions(subscriptions)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(debounce);
    connect(&m_soon, &QTimer::timeout, this, &Revocation::checkEveryone);
    connect(&authority, &Authority::changed, this, [this] {
        if (!m_soon.isActive()) { // who keeps on changing must not put it off for ever
            m_soon.start();
        }
    });
}

void Revocation::checkEveryone()
{
    if (m_undecided > 0) { // an authority that does not answer is not asked ever more
        m_again = true;
        return;
    }
    const std::vector<Subscriptions::Right> rights = m_subscriptions.rightsInUse();
    m_undecided = rights.size();
    for (const Subscriptions::Right &right : rights) {
        const auto action = right.everyone ? dbus::action::watchAll : dbus::action::watchOwn;
        m_authority.checkAgain(right.owner, action, [this, right](Verdict verdict) {
            onDecided();
            return std::move(verdict).heed([] {},
                                           [this, &right](Refusal why) {
                                               if (why != Refusal::NeedsAuthentication) {
                                                   m_subscriptions.endAll(right, dbus::ended::notAuthorized);
                                               }
                                           });
        });
    }
}

void Revocation::onDecided()
{
    if (--m_undecided == 0 && std::exchange(m_again, false)) {
        m_soon.start();
    }
}

} // namespace lunaris
