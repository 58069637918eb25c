// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_LACKINGKERNEL_H
#define LUNARIS_TESTS_KERNEL_LACKINGKERNEL_H

#include <string>

namespace lunaris
{

/// The names, with spaces between them, that this kernel shall not be known to have: what the environment's
/// LUNARIS_KERNEL_LACKS says. An older kernel has no bpf_rdonly_cast (6.2), an even older one no
/// BPF_FUNC_loop (5.17) either.
std::string lackingNames();

/// Hides those names from who asks the kernel for its types, in this mount namespace, which has to be
/// private: they are other ones in /sys/kernel/btf/vmlinux (https://docs.kernel.org/bpf/btf.html).
/// `directory` is for the file that takes its place. Throws where one of them stands in it more than once.
void hideLackingNames(const std::string &directory);

} // namespace lunaris

#endif
