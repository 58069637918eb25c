/* SPDX-License-Identifier: MIT */
/*
 * The programs at the ends of system calls find out what a call has touched. All else is one more
 * program that they go on in, so that the kernel's verifier walks through it once and not for each
 * call.
 */
#ifndef LUNARIS_BPF_STEPS_BPF_H
#define LUNARIS_BPF_STEPS_BPF_H

#include "bpf/record.bpf.h"

#define LKM_STEP_TELL 0

/* Programs of the type "tracepoint"; the loader fills it. */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} steps SEC(".maps");

/* Does not come back, unless the step is missing, which the loader does not let happen. */
#define LKM_TELL(ctx) bpf_tail_call(ctx, &steps, LKM_STEP_TELL)

#endif
