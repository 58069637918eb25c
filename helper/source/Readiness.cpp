// SPDX-License-Identifier: MIT
#include "helper/source/Readiness.h"

#include "dbus/StateReason.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QVersionNumber>
#include <cap-ng.h>
#include <sys/utsname.h>

namespace lunaris
{

namespace
{

const QVersionNumber oldestKernel{5, 15};

Readiness::Item kernelItem(const QString &release)
{
    const bool ok = QVersionNumber::fromString(release) >= oldestKernel;
    return {QStringLiteral("kernel"), ok, release, ok ? QString() : QString(dbus::reason::kernelTooOld)};
}

Readiness::Item btfItem(const QString &root)
{
    const QString path = QDir(root).filePath(QStringLiteral("sys/kernel/btf/vmlinux"));
    const bool ok = QFileInfo(path).isReadable();
    return {QStringLiteral("btf"), ok, ok ? path : QStringLiteral("no readable %1").arg(path),
            ok ? QString() : QString(dbus::reason::missingBtf)};
}

Readiness::Item tracefsItem(const QString &root)
{
    const QString path = tracefsBelow(root);
    const bool ok = !path.isEmpty();
    return {QStringLiteral("tracefs"), ok, ok ? path : QStringLiteral("not mounted, or without system calls"),
            ok ? QString() : QString(dbus::reason::missingTracefs)};
}

Readiness::Item capabilityItem(bool has)
{
    return {QStringLiteral("capabilities"), has,
            has ? QStringLiteral("BPF, PERFMON") : QStringLiteral("missing"),
            has ? QString() : QString(dbus::reason::missingCapability)};
}

Readiness::Item lockdownItem(const QString &root)
{
    // "none [integrity] confidentiality"; a kernel without lockdown has no such file.
    QFile file(QDir(root).filePath(QStringLiteral("sys/kernel/security/lockdown")));
    if (!file.open(QIODevice::ReadOnly)) {
        return {QStringLiteral("lockdown"), true, QStringLiteral("not in this kernel, or hidden"), QString()};
    }
    static const QRegularExpression chosen(QStringLiteral("\\[(\\w+)\\]"));
    const QString mode = chosen.match(QString::fromLatin1(file.readAll())).captured(1);
    const bool ok = mode != QLatin1String("confidentiality");
    return {QStringLiteral("lockdown"), ok, mode, ok ? QString() : QString(dbus::reason::lockedDown)};
}

} // namespace

QString Readiness::reason() const
{
    for (const Item &item : items) {
        if (!item.ok) {
            return item.reason;
        }
    }
    return {};
}

SystemFacts SystemFacts::current()
{
    SystemFacts facts;
    utsname name{};
    if (uname(&name) == 0) {
        facts.kernelRelease = QString::fromLocal8Bit(name.release);
    }
    if (capng_get_caps_process() == 0) {
        const auto has = [](unsigned int capability) {
            return capng_have_capability(CAPNG_EFFECTIVE, capability) != 0;
        };
        facts.hasCapabilities = has(CAP_SYS_ADMIN) || (has(CAP_BPF) && has(CAP_PERFMON));
    }
    return facts;
}

QString tracefsBelow(const QString &root)
{
    // The two places that libbpf looks at.
    for (const char *place : {"sys/kernel/tracing", "sys/kernel/debug/tracing"}) {
        QString path = QDir(root).filePath(QString::fromLatin1(place));
        if (QFileInfo::exists(path + QStringLiteral("/events/syscalls/sys_exit_openat/id"))) {
            return path;
        }
    }
    return {};
}

Readiness probeReadiness(const QString &root, const SystemFacts &facts)
{
    // Lockdown comes before tracefs, which it empties when it is for confidentiality.
    return {{kernelItem(facts.kernelRelease), btfItem(root), capabilityItem(facts.hasCapabilities),
             lockdownItem(root), tracefsItem(root)}};
}

} // namespace lunaris
