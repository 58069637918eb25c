/* SPDX-License-Identifier: MIT */
/*
 * File opens, seen where the system call returns: the arguments are still in the registers that
 * user space saved, the file is in the descriptor table, and one program does the work of a pair.
 */
#include "bpf/record.bpf.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define FMODE_WRITE 0x2u
#define FMODE_CREATED (1u << 20)
#define O_WRONLY 01u
#define O_CREAT 0100u
#define O_TRUNC 01000u
#define O_PATH 010000000u

#define AT_FDCWD -100
#define MAX_ERRNO 4095

/* What a program knows of its system call: where the name stands, and what it is relative to. */
struct lkm_call {
	const char *name; /* in user memory; NULL where the call takes no name */
	__s32 directory;  /* a descriptor, or AT_FDCWD */
	__u32 flags;
};

/* Pipes, sockets, memfds, anonymous inodes: on a mount that the kernel keeps to itself, mnt_ns is
 * MNT_NS_INTERNAL, an error pointer. */
static __always_inline bool is_internal(struct file *file)
{
	struct mount *mount = mount_of(BPF_CORE_READ(file, f_path.mnt));

	return (unsigned long)BPF_CORE_READ(mount, mnt_ns) >= (unsigned long)-MAX_ERRNO;
}

static __always_inline int report_open(struct task_struct *task, __u32 flags, long fd,
				       const struct lkm_settings *s)
{
	struct lkm_scratch *out = current_scratch();
	struct file *file = file_of(task, fd);
	__u32 mode;

	if (!file) {
		count(LKM_COUNTER_RACED);
		return 0;
	}
	if (!out || is_internal(file))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_OPEN);
	out->record.flags = flags;
	out->record.value = fd;
	mode = BPF_CORE_READ(file, f_mode);
	if (mode & FMODE_CREATED)
		out->record.attributes |= LKM_ATTRIBUTE_CREATED;
	/* O_PATH opens nothing, and ignores the other flags. */
	if ((mode & FMODE_WRITE) || (flags & (O_TRUNC | O_PATH)) == O_TRUNC)
		out->record.attributes |= LKM_ATTRIBUTE_WRITABLE;
	emit(out, add_file(out, file, s));
	return 0;
}

/* The name stands in user memory only. What it is relative to is walked, the helper joins the two. */
static __always_inline int report_failure(struct task_struct *task, const struct lkm_call *call,
					  long error, const struct lkm_settings *s)
{
	struct lkm_scratch *out = current_scratch();
	struct dentry *dentry = NULL;
	struct mount *mount = NULL;
	struct file *directory;
	__u32 length = 0;
	char first = 0;
	long size;

	if (!out || !call->name)
		return 0;
	begin_record(&out->record, task, LKM_RECORD_OPEN_FAILED);
	out->record.flags = call->flags;
	out->record.value = error;
	if (bpf_probe_read_user(&first, sizeof(first), call->name)) {
		out->record.attributes |= LKM_ATTRIBUTE_NAME_UNREADABLE;
		emit(out, 0);
		return 0;
	}
	if (first != '/') {
		if (call->directory == AT_FDCWD) {
			dentry = BPF_CORE_READ(task, fs, pwd.dentry);
			mount = mount_of(BPF_CORE_READ(task, fs, pwd.mnt));
		} else {
			directory = file_of(task, call->directory);
			if (directory) {
				dentry = BPF_CORE_READ(directory, f_path.dentry);
				mount = mount_of(BPF_CORE_READ(directory, f_path.mnt));
			}
		}
	}
	if (dentry)
		length = add_path(out, dentry, mount, s);
	if (length > LKM_PATH_MAX)
		return 0;
	size = bpf_probe_read_user_str(&out->text[length], LKM_PATH_MAX, call->name);
	if (size <= 0 || size > LKM_PATH_MAX) {
		out->record.attributes |= LKM_ATTRIBUTE_NAME_UNREADABLE;
		size = 1;
	}
	out->record.name_length = size - 1; /* without the NUL */
	emit(out, length + size - 1);
	return 0;
}

static __always_inline int finished(struct trace_event_raw_sys_exit *ctx, const struct lkm_call *call)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	const struct lkm_settings *s = current_settings();

	if (!s || is_ignored(s, bpf_get_current_pid_tgid() >> 32))
		return 0;
	if (ctx->ret >= 0)
		return report_open(task, call->flags, ctx->ret, s);
	return s->failed_opens ? report_failure(task, call, ctx->ret, s) : 0;
}

static __always_inline struct pt_regs *current_registers(void)
{
	return (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
}

SEC("tracepoint/syscalls/sys_exit_open")
int exit_open(struct trace_event_raw_sys_exit *ctx)
{
	struct pt_regs *registers = current_registers();
	struct lkm_call call = {
		.name = (const char *)PT_REGS_PARM1_CORE_SYSCALL(registers),
		.directory = AT_FDCWD,
		.flags = PT_REGS_PARM2_CORE_SYSCALL(registers),
	};

	return finished(ctx, &call);
}

SEC("tracepoint/syscalls/sys_exit_openat")
int exit_openat(struct trace_event_raw_sys_exit *ctx)
{
	struct pt_regs *registers = current_registers();
	struct lkm_call call = {
		.name = (const char *)PT_REGS_PARM2_CORE_SYSCALL(registers),
		.directory = PT_REGS_PARM1_CORE_SYSCALL(registers),
		.flags = PT_REGS_PARM3_CORE_SYSCALL(registers),
	};

	return finished(ctx, &call);
}

SEC("tracepoint/syscalls/sys_exit_openat2")
int exit_openat2(struct trace_event_raw_sys_exit *ctx)
{
	struct pt_regs *registers = current_registers();
	struct lkm_call call = {
		.name = (const char *)PT_REGS_PARM2_CORE_SYSCALL(registers),
		.directory = PT_REGS_PARM1_CORE_SYSCALL(registers),
	};

	/* struct open_how starts with its flags. It was readable a moment ago; if it no longer is,
	 * the flags are unknown, the open is still reported. */
	bpf_probe_read_user(&call.flags, sizeof(call.flags),
			    (const void *)PT_REGS_PARM3_CORE_SYSCALL(registers));
	return finished(ctx, &call);
}

SEC("tracepoint/syscalls/sys_exit_creat")
int exit_creat(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_call call = {
		.name = (const char *)PT_REGS_PARM1_CORE_SYSCALL(current_registers()),
		.directory = AT_FDCWD,
		.flags = O_CREAT | O_WRONLY | O_TRUNC,
	};

	return finished(ctx, &call);
}

/* open_by_handle_at(mount_fd, handle, flags): what file servers in user space open by. It has no name.
 */
SEC("tracepoint/syscalls/sys_exit_open_by_handle_at")
int exit_open_by_handle_at(struct trace_event_raw_sys_exit *ctx)
{
	struct lkm_call call = {
		.directory = AT_FDCWD,
		.flags = PT_REGS_PARM3_CORE_SYSCALL(current_registers()),
	};

	return finished(ctx, &call);
}
