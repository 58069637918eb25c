// SPDX-License-Identifier: MIT
#include "dbus/StateReason.h"

#include <QCoreApplication>
#include <array>
#include <utility>

namespace lunaris::dbus
{

QString explainReason(const QString &code)
{
    static constexpr std::array<std::pair<QLatin1String, const char *>, 10> sentences = {{
        {reason::starting,
         QT_TRANSLATE_NOOP("lunaris::dbus", "The helper is still starting; events will follow "
                                            "in a moment.")},
        {reason::paused,
         QT_TRANSLATE_NOOP("lunaris::dbus", "Capture is paused for everyone; resume it to see "
                                            "new events.")},
        {reason::kernelTooOld,
         QT_TRANSLATE_NOOP("lunaris::dbus", "This kernel is older than 5.15; boot a newer one.")},
        {reason::missingBtf,
         QT_TRANSLATE_NOOP("lunaris::dbus",
                           "The kernel does not describe itself (no /sys/kernel/btf/vmlinux); "
                           "use a kernel built with CONFIG_DEBUG_INFO_BTF.")},
        {reason::missingTracefs,
         QT_TRANSLATE_NOOP("lunaris::dbus", "The kernel's tracing file system is not mounted; run: mount -t "
                                            "tracefs tracefs /sys/kernel/tracing")},
        {reason::missingCapability,
         QT_TRANSLATE_NOOP("lunaris::dbus", "The helper lacks the capabilities BPF and PERFMON; start it as "
                                            "root, as the packaged service does.")},
        {reason::lockedDown,
         QT_TRANSLATE_NOOP("lunaris::dbus", "The kernel is locked down for confidentiality and refuses to be "
                                            "watched; boot with lockdown=integrity or none.")},
        {reason::programRejected,
         QT_TRANSLATE_NOOP("lunaris::dbus",
                           "The kernel refused the capture program; the helper's log holds its "
                           "reason, please report it.")},
        {reason::typesMissing,
         QT_TRANSLATE_NOOP("lunaris::dbus",
                           "The kernel refused the programs for some of the events that are wanted, and "
                           "these are missing; the helper's log says which and why, please report it.")},
        {reason::stateNotSaved,
         QT_TRANSLATE_NOOP("lunaris::dbus",
                           "The helper cannot write down which pauses are on, and would forget them when it "
                           "is restarted; make room for its state directory, and see that root alone may "
                           "write there.")},
    }};
    for (const auto &[known, sentence] : sentences) {
        if (code == known) {
            return QCoreApplication::translate("lunaris::dbus", sentence);
        }
    }
    return code.isEmpty()
               ? QString()
               : QCoreApplication::translate("lunaris::dbus", "The helper reports the problem “%1”.")
                     .arg(code);
}

} // namespace lunaris::dbus
