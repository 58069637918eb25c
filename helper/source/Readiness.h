// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_READINESS_H
#define LUNARIS_HELPER_SOURCE_READINESS_H

#include <QList>
#include <QString>

namespace lunaris
{

/// What the kernel must offer before anything is loaded into it, item by item.
struct Readiness {
    struct Item {
        QString name; ///< "kernel", "btf", "tracefs", "capabilities", "lockdown"
        bool ok = false;
        QString found;  ///< what was found, for a person
        QString reason; ///< a code of dbus/StateReason.h when not ok
    };

    QList<Item> items;

    /// The code of the first item that is missing; empty when everything is there.
    QString reason() const;
};

/// Facts about the system that do not come from files.
struct SystemFacts {
    QString kernelRelease;        ///< as uname -r
    bool hasCapabilities = false; ///< BPF and PERFMON, or SYS_ADMIN, are effective

    static SystemFacts current();
};

/// Looks at a system whose root directory is `root` ("/" for the one we run on).
Readiness probeReadiness(const QString &root, const SystemFacts &facts);

/// The tracefs directory below `root`, empty if it is not mounted.
QString tracefsBelow(const QString &root);

} // namespace lunaris

#endif
