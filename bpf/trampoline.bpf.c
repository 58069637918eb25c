/* SPDX-License-Identifier: MIT */
/*
 * Opens, seen where the kernel's own function returns the file: whoever called it, io_uring and
 * 32-bit programs too, and no other system call pays for it. Successful ones only: a call can fail
 * before it gets here, so the failed ones are told by the system calls' ends.
 *
 * These programs can be preempted. The kernel never runs one of them twice on a CPU (it counts what it
 * left out), but it may run the other: each is a walker of its own.
 */
#include "bpf/registers.bpf.h"

#define PF_KTHREAD 0x00200000
#define O_NONBLOCK 04000u
#define O_CLOEXEC 02000000u
#define IS_ERR(pointer) ((unsigned long)(pointer) >= (unsigned long)-MAX_ERRNO)

/* Of a task that has used io_uring. */
struct task_struct___uring {
	void *io_uring;
} __attribute__((preserve_access_index));

/*
 * Whether it is io_uring that opens. Apart from its own threads that is the task itself, in
 * io_uring_enter(2) or, when a worker has done the request before it, on the way out of whatever call
 * it is in. A name from user space that goes to no open(2) is otherwise a call's that says so by its
 * number.
 */
static __always_inline bool is_by_uring(struct task_struct *task, __u32 number, bool compat)
{
	if (task->flags & PF_IO_WORKER)
		return true;
	return ((struct task_struct___uring *)task)->io_uring && !opens_on_the_way(number, compat);
}

/*
 * What of the flags is the caller's of io_uring. The kernel says O_NONBLOCK by itself where it only
 * tries (io_openat2() in io_uring/openclose.c), as all do but the workers, and keeps O_CLOEXEC
 * elsewhere: whether the caller said so cannot be told.
 */
static __always_inline __u32 flags_by_uring(struct task_struct *task, __u32 flags)
{
	/* "iou-wrk-…"; the other thread is called "iou-sqp-…" */
	if (!(task->flags & PF_IO_WORKER) || task->comm[4] != 'w')
		flags &= ~O_NONBLOCK;
	return flags & ~(O_LARGEFILE | O_CLOEXEC); /* the kernel adds O_LARGEFILE, too */
}

/*
 * Whether it is the task itself that opens, by one of the calls that are for it: not exec, and not the
 * kernel on the way through something else (a core dump, firmware, swapon). `flags` are the kernel's,
 * and become the caller's.
 */
static __always_inline bool is_asked_for(struct task_struct *task, bool by_handle, __u32 *flags)
{
	struct lkm_open_arguments arguments = {};
	struct pt_regs *registers = current_registers();
	bool compat = is_compat(task);

	if (task->flags & PF_KTHREAD)
		return false;
	if (!(task->flags & PF_IO_WORKER) && (compat ? compat_open_arguments(registers, &arguments)
						     : native_open_arguments(registers, &arguments))) {
		*flags = arguments.flags;
		return by_handle == !arguments.name;
	}
	if (by_handle || !is_by_uring(task, call_number(registers), compat))
		return false;
	*flags = flags_by_uring(task, *flags);
	return true;
}

static __always_inline int opened_by(__u32 walker, struct file *file, __u32 flags)
{
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out;

	if (IS_ERR(file) || !s || s->opens != LKM_OPENS_BY_TRAMPOLINE || is_ignored(s, task) ||
	    !is_asked_for(task, walker == LKM_WALKER_TRAMPOLINE_BY_HANDLE, &flags))
		return 0;
	out = scratch_of(walker);
	/* No descriptor has been given out yet. */
	if (!out || !look_at_opened(out, file, flags, -1))
		return 0;
	find_path(out, walker, s);
	report_opened(out, task, s);
	return 0;
}

SEC("fexit/do_filp_open")
int BPF_PROG(trampoline_open, int directory, struct filename *name, const struct open_flags *op,
	     struct file *file)
{
	/* A name that the kernel made itself comes from no user space. */
	if (!name->uptr)
		return 0;
	return opened_by(LKM_WALKER_TRAMPOLINE, file, op->open_flag);
}

SEC("fexit/do_file_open_root")
int BPF_PROG(trampoline_by_handle, const struct path *root, const char *name,
	     const struct open_flags *op, struct file *file)
{
	return opened_by(LKM_WALKER_TRAMPOLINE_BY_HANDLE, file, op->open_flag);
}
