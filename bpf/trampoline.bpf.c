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
#define IS_ERR(pointer) ((unsigned long)(pointer) >= (unsigned long)-MAX_ERRNO)

/*
 * Whether it is the task itself that opens, by one of the calls that are for it: not exec, and not the
 * kernel on the way through something else (a core dump, firmware, swapon). `flags` are the kernel's,
 * and become the caller's.
 */
static __always_inline bool is_asked_for(struct task_struct *task, bool by_handle, __u32 *flags)
{
	struct lkm_open_arguments arguments = {};
	struct pt_regs *registers = current_registers();
	__u32 number = call_number(registers);

	if (task->flags & PF_KTHREAD)
		return false;
	*flags &= ~O_LARGEFILE; /* the kernel adds it by itself */
	if (task->flags & PF_IO_WORKER)
		return !by_handle;
	if (is_compat(task)) {
		if (!compat_open_arguments(registers, &arguments) || by_handle != !arguments.name)
			return false;
		*flags = arguments.flags;
		return true;
	}
	if (by_handle) {
		if (number != __NR_open_by_handle_at)
			return false;
		*flags = by_handle_arguments(registers).flags;
		return true;
	}
	switch (number) {
#ifdef __NR_open
	case __NR_open:
		*flags = open_arguments(registers).flags;
		return true;
	case __NR_creat:
		*flags = creat_arguments(registers).flags;
		return true;
#endif
	case __NR_openat:
		*flags = openat_arguments(registers).flags;
		return true;
	case __NR_openat2:
		*flags = openat2_arguments(registers).flags;
		return true;
	case __NR_io_uring_enter:
		return true;
	}
	return false;
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
