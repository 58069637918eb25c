/* SPDX-License-Identifier: MIT */
/*
 * The least that a program at the system call's exit can cost: what any other capture costs above
 * this is its own doing.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

SEC("tracepoint/syscalls/sys_exit_openat")
int empty(void *ctx)
{
	return 0;
}
