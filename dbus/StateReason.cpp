// SPDX-License-Identifier: MIT
#include "dbus/StateReason.h"

#include <array>
#include <utility>

namespace lunaris::dbus
{

QString explainReason(const QString &code)
{
    static constexpr std::array<std::pair<QLatin1String, const char *>, 8> sentences = {{
        {reason::starting, "The helper is still starting; events will follow in a moment."},
        {reason::paused, "Capture is paused for everyone; resume it to see new events."},
        {reason::kernelTooOld, "This kernel is older than 5.15; boot a newer one."},
        {reason::missingBtf,
         "The kernel does not describe itself (no /sys/kernel/btf/vmlinux); use a kernel built with "
         "CONFIG_DEBUG_INFO_BTF."},
        {reason::missingTracefs, "The kernel's tracing file system is not mounted; run: mount -t tracefs "
                                 "tracefs /sys/kernel/tracing"},
        {reason::missingCapability, "The helper lacks the capabilities BPF and PERFMON; start it as root, as "
                                    "the packaged service does."},
        {reason::lockedDown,
         "The kernel is locked down for confidentiality and refuses to be watched; boot with "
         "lockdown=integrity or none."},
        {reason::programRejected,
         "The kernel refused the capture program; the helper's log holds its reason, please report it."},
    }};
    for (const auto &[known, sentence] : sentences) {
        if (code == known) {
            return QString::fromLatin1(sentence);
        }
    }
    return code.isEmpty() ? QString() : QStringLiteral("The helper reports the problem “%1”.").arg(code);
}

} // namespace lunaris::dbus
