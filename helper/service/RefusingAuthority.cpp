// SPDX-License-Identifier: MIT
#include "helper/service/Authority.h"

#include <QCoreApplication>
#include <QMetaObject>

namespace lunaris
{

void RefusingAuthority::check(const QString &, const QString &, bool,
                              const std::function<void(Verdict)> &done)
{
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [done] { done(Verdict::Denied); }, Qt::QueuedConnection);
}

} // namespace lunaris
