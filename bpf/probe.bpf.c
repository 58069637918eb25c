/* SPDX-License-Identifier: MIT */
/*
 * Does nothing, where the trampolines would: whether it can be attached says whether this kernel allows
 * function tracing.
 */
#include "bpf/vmlinux.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

SEC("fexit/do_filp_open")
int probe_trampoline(void *ctx)
{
	return 0;
}
