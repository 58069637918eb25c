// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_REVOCATION_H
#define LUNARIS_HELPER_SERVICE_REVOCATION_H

#include "helper/service/Authority.h"
#include "helper/service/Subscriptions.h"

#include <QObject>
#include <QTimer>
#include <cstddef>

namespace lunaris
{

/// Ends subscriptions whose owners may not watch any more. Whenever the authority has changed its mind about
/// something, it is asked again about everyone who watches; a kept password that ran out ends nothing.
class Revocation final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    Revocation(Authority &authority, Subscriptions &subscriptions);

private:
    void checkEveryone();
    void onDecided();

    Authority &m_authority;
    Subscriptions &m_subscriptions;
    QTimer m_soon; // changes come in crowds
    std::size_t m_undecided = 0;
    bool m_again = false; // changed since we asked
};

} // namespace lunaris

#endif
