// SPDX-License-Identifier: MIT
#include "helper/service/Authority.h"

#include <QMetaObject>

namespace lunaris
{

void RefusingAuthority::check(const QString &caller, const QString &action, bool, const Done &done)
{
    checkAgain(caller, action, done);
}

void RefusingAuthority::checkAgain(const QString &, const QString &, const Done &done)
{
    QMetaObject::invokeMethod(
        this, [done] { static_cast<void>(done(Verdict::refused(Refusal::Denied))); }, Qt::QueuedConnection);
}

} // namespace lunaris
