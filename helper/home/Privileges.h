// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_HOME_PRIVILEGES_H
#define LUNARIS_HELPER_HOME_PRIVILEGES_H

#include <optional>
#include <string>

namespace lunaris
{

/// Gives up every capability but what watching takes as long as it lasts; nothing can bring one back.
/// Kept, of those that we have:
///   CAP_BPF         programs and maps: at start, and a fresh trie each time the rules change;
///   CAP_PERFMON     attaching them, at start and after each pause, and reading kernel memory in them;
///   CAP_SYS_PTRACE  /proc/1/ns/mnt: whose mount namespace is the machine's own.
/// Where one of the first two is missing CAP_SYS_ADMIN stands in for them, and is kept then; and where the
/// kernel lets nobody else attach to tracepoints (kernel.perf_event_paranoid above 2, as Debian has it).
///
/// Not CAP_DAC_OVERRIDE: what belongs to others and is for their eyes only we cannot open, so files that
/// a person named on the command line are opened before.
///
/// Capabilities are a thread's: to be called before there is a second one. Returns a sentence when it
/// could not be done; then the process must not go on.
std::optional<std::string> dropPrivileges();

} // namespace lunaris

#endif
