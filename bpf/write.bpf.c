/* SPDX-License-Identifier: MIT */
/*
 * Writes to regular files, seen where the system call returns how many bytes it has written. Writes
 * through a mapping, by AIO or io_uring, and shared extents (reflink) are not seen here.
 */
#include "bpf/registers.bpf.h"
#include "bpf/steps.bpf.h"
#include "bpf/write.bpf.h"

static __always_inline int written(struct trace_event_raw_sys_exit *ctx, __s32 fd)
{
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);
	__s64 bytes = ctx->ret;

	if (bytes > 0 && s && out && s->writes && !is_ignored(s, task) &&
	    add_written(out, task, s, fd, bytes))
		LKM_TELL(ctx);
	return 0;
}

#define LKM_WRITE_PROGRAM(call, parameter)                                                             \
	SEC("tracepoint/syscalls/sys_exit_" #call)                                                     \
	int write_##call(struct trace_event_raw_sys_exit *ctx)                                         \
	{                                                                                              \
		return written(ctx, PT_REGS_PARM##parameter##_SYSCALL(current_registers()));           \
	}

/* The number is that of the argument which says where to. */
LKM_WRITE_PROGRAM(write, 1)
LKM_WRITE_PROGRAM(writev, 1)
LKM_WRITE_PROGRAM(pwrite64, 1)
LKM_WRITE_PROGRAM(pwritev, 1)
LKM_WRITE_PROGRAM(pwritev2, 1)
LKM_WRITE_PROGRAM(sendfile64, 1)
LKM_WRITE_PROGRAM(copy_file_range, 3)
LKM_WRITE_PROGRAM(splice, 3)
