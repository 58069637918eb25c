/* SPDX-License-Identifier: MIT */
/*
 * Opens of 32-bit programs. The tracepoints of single calls know only the kernel's own calls; this one
 * is at the end of every call there is, and costs each.
 */
#include "bpf/registers.bpf.h"

/* Not inlined, so that the verifier takes both outcomes through the walk as one. */
__noinline int tell_compat(void)
{
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);

	if (!s || !out)
		return 0;
	if (type_after_walk(out, s) == LKM_RECORD_OPEN)
		report_opened(out, task, s);
	else
		report_failed(out, task, s);
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(compat_open, struct pt_regs *registers, long result)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct lkm_open_arguments arguments = {};
	const struct lkm_settings *s;
	struct lkm_scratch *out;

	if (!is_compat(task) || !compat_open_arguments(registers, &arguments))
		return 0;
	s = current_settings();
	out = scratch_of(LKM_WALKER_CALL);
	/* 32 bits, and a sign. */
	if (s && out && !is_ignored(s, task) && look_at_result(out, task, s, &arguments, (__s32)result))
		tell_compat();
	return 0;
}
