// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_OWNAPPLICATION_H
#define LUNARIS_TESTS_OWNAPPLICATION_H

#include "helper/normalizer/ApplicationId.h"

#include <QByteArray>
#include <QFile>
#include <string>

namespace lunaris
{

/// What everything that a test starts is called by its cgroup, when the test was started below a unit
/// with a name, as from a terminal of a desktop. Empty when it was not: then the executable counts.
inline std::string ownApplication()
{
    QFile file(QStringLiteral("/proc/self/cgroup"));
    const QByteArray contents = file.open(QIODevice::ReadOnly) ? '\n' + file.readAll() : QByteArray();
    std::string application;
    for (const QByteArray mark : {":name=systemd:", "\n0::"}) { // when both name one, it is the second's
        const qsizetype at = contents.indexOf(mark);
        const QByteArray path = contents.mid(at + mark.size()).split('\n').constFirst();
        if (at >= 0 && path != "/") {
            application = applicationIdOf(path.toStdString());
        }
    }
    return application;
}

} // namespace lunaris

#endif
