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

/* What a path is walked from. */
struct lkm_place {
	struct dentry *dentry; /* NULL: there is no path */
	struct mount *mount;
};

static __always_inline struct lkm_place place_of(struct file *file)
{
	struct lkm_place place = {};

	if (file) {
		place.dentry = BPF_CORE_READ(file, f_path.dentry);
		place.mount = mount_of(BPF_CORE_READ(file, f_path.mnt));
	}
	return place;
}

static __always_inline void describe_file(struct lkm_record *record, struct file *file)
{
	__u32 mode = BPF_CORE_READ(file, f_mode);

	add_inode(record, file);
	if (mode & FMODE_CREATED)
		record->attributes |= LKM_ATTRIBUTE_CREATED;
	/* O_PATH opens nothing, and ignores the other flags. */
	if ((mode & FMODE_WRITE) || (record->flags & (O_TRUNC | O_PATH)) == O_TRUNC)
		record->attributes |= LKM_ATTRIBUTE_WRITABLE;
}

/* The name of a failed open stands in user memory only. What it is relative to is walked, the helper
 * joins the two. */
static __always_inline struct lkm_place directory_of(struct task_struct *task,
						     const struct lkm_call *call)
{
	struct lkm_place place = {};
	char first = 0;

	if (bpf_probe_read_user(&first, sizeof(first), call->name) || first == '/')
		return place;
	if (call->directory != AT_FDCWD)
		return place_of(file_of(task, call->directory));
	place.dentry = BPF_CORE_READ(task, fs, pwd.dentry);
	place.mount = mount_of(BPF_CORE_READ(task, fs, pwd.mnt));
	return place;
}

/* Returns the length of the name, which goes behind the path. */
static __always_inline __u32 add_name(struct lkm_scratch *out, __u32 path_length, const char *name)
{
	long size = 0;

	if (path_length <= LKM_PATH_MAX)
		size = bpf_probe_read_user_str(&out->text[path_length], LKM_PATH_MAX, name);
	if (size <= 0 || size > LKM_PATH_MAX) {
		out->record.attributes |= LKM_ATTRIBUTE_NAME_UNREADABLE;
		return 0;
	}
	out->record.name_length = size - 1; /* without the NUL */
	return size - 1;
}

/* Both outcomes share one walk: the verifier goes through it once. */
static __always_inline int finished(struct trace_event_raw_sys_exit *ctx, const struct lkm_call *call)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = current_scratch();
	struct file *file = NULL;
	struct lkm_place place;
	long result = ctx->ret;
	__u32 length = 0;

	if (!s || !out || is_ignored(s, bpf_get_current_pid_tgid() >> 32))
		return 0;
	if (result >= 0) {
		file = file_of(task, result);
		if (!file) {
			count(LKM_COUNTER_RACED);
			return 0;
		}
		if (is_internal(file))
			return 0;
		place = place_of(file);
	} else {
		if (!s->failed_opens || !call->name)
			return 0;
		place = directory_of(task, call);
	}
	begin_record(&out->record, task, file ? LKM_RECORD_OPEN : LKM_RECORD_OPEN_FAILED);
	out->record.flags = call->flags;
	out->record.value = result;
	if (file)
		describe_file(&out->record, file);
	if (place.dentry)
		length = add_path(out, place.dentry, place.mount, s);
	/* Read back, so that `file` is of no concern to the walk: the verifier then takes both outcomes
	 * through it as one. */
	if (*(volatile __u16 *)&out->record.header.type == LKM_RECORD_OPEN_FAILED)
		length += add_name(out, length, call->name);
	emit(out, length & (2 * LKM_PATH_MAX - 1));
	return 0;
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
