/* SPDX-License-Identifier: MIT */
/*
 * Opens, seen where the system call returns: the arguments are still in the registers that user
 * space saved, the file is in the descriptor table, and one program does the work of a pair.
 */
#include "bpf/open.bpf.h"
#include "bpf/registers.bpf.h"
#include "bpf/steps.bpf.h"

static __always_inline int finished(struct trace_event_raw_sys_exit *ctx,
				    const struct lkm_open_arguments *arguments)
{
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);

	if (s && out && !is_ignored(s, task) && look_at_result(out, task, s, arguments, ctx->ret))
		LKM_TELL(ctx);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_open")
int open_open(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_open_arguments arguments = open_arguments(current_registers());

	return finished(ctx, &arguments);
}

SEC("tracepoint/syscalls/sys_exit_openat")
int open_openat(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_open_arguments arguments = openat_arguments(current_registers());

	return finished(ctx, &arguments);
}

SEC("tracepoint/syscalls/sys_exit_openat2")
int open_openat2(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_open_arguments arguments = openat2_arguments(current_registers());

	return finished(ctx, &arguments);
}

SEC("tracepoint/syscalls/sys_exit_creat")
int open_creat(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_open_arguments arguments = creat_arguments(current_registers());

	return finished(ctx, &arguments);
}

SEC("tracepoint/syscalls/sys_exit_open_by_handle_at")
int open_by_handle(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_open_arguments arguments = by_handle_arguments(current_registers());

	return finished(ctx, &arguments);
}
