/* SPDX-License-Identifier: MIT */
/*
 * File opens, seen where the system call returns: the arguments are still in the registers that
 * user space saved, the file is in the descriptor table, and one program does the work of a pair.
 */
#include "bpf/path.bpf.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define FMODE_WRITE 0x2u
#define FMODE_CREATED (1u << 20)
#define O_WRONLY 01u
#define O_CREAT 0100u
#define O_TRUNC 01000u

#define MAX_ERRNO 4095

/* A record that is being written: one per CPU is enough, nothing preempts a tracepoint program. */
struct lkm_scratch {
	struct lkm_open_record record;
	char path[LKM_PATH_MAX];
	struct lkm_path_buffer walk;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_scratch);
} scratch SEC(".maps");

static __always_inline struct file *file_of(struct task_struct *task, unsigned long fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file **slots = BPF_CORE_READ(table, fd);
	struct file *file = NULL;

	if (fd >= BPF_CORE_READ(table, max_fds))
		return NULL;
	bpf_probe_read_kernel(&file, sizeof(file), &slots[fd]);
	return file;
}

/* Pipes, sockets, memfds, anonymous inodes: on a mount that the kernel keeps to itself, mnt_ns is
 * MNT_NS_INTERNAL, an error pointer. */
static __always_inline bool is_internal(struct mnt_namespace *ns)
{
	return (unsigned long)ns >= (unsigned long)-MAX_ERRNO;
}

static __always_inline __u32 attributes_of(struct file *file, struct dentry *dentry, __u32 flags,
					   const struct lkm_path_buffer *path, struct mnt_namespace *ns,
					   const struct lkm_settings *s)
{
	__u32 mode = BPF_CORE_READ(file, f_mode);
	__u32 attributes = 0;

	if (path->truncated)
		attributes |= LKM_ATTRIBUTE_TRUNCATED;
	/* d_unlinked(): out of the dentry hash, and not the root of its file system. */
	if (!BPF_CORE_READ(dentry, d_hash.pprev) && BPF_CORE_READ(dentry, d_parent) != dentry)
		attributes |= LKM_ATTRIBUTE_DELETED;
	/* No namespace: the mount was detached while in use, the path ends at its root. */
	if (!ns || BPF_CORE_READ(ns, ns.inum) != s->host_mount_namespace)
		attributes |= LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE;
	if (mode & FMODE_CREATED)
		attributes |= LKM_ATTRIBUTE_CREATED;
	if ((mode & FMODE_WRITE) || (flags & O_TRUNC))
		attributes |= LKM_ATTRIBUTE_WRITABLE;
	return attributes;
}

static __always_inline void emit_open(struct lkm_scratch *out)
{
	__u32 start = out->walk.start & (LKM_PATH_MAX - 1);
	__u32 length = LKM_PATH_MAX - start;

	/* Bring the path behind the record: one contiguous piece is one record in the ring. */
	bpf_probe_read_kernel(out->path, length, &out->walk.bytes[start]);
	out->record.path_length = length;
	out->record.header.size = sizeof(out->record) + length;
	if (bpf_ringbuf_output(&records, out, sizeof(out->record) + length, 0))
		count(LKM_COUNTER_LOST);
}

static __always_inline int opened(struct trace_event_raw_sys_exit *ctx, __u32 flags)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out;
	struct mnt_namespace *ns;
	struct dentry *dentry;
	struct mount *mount;
	struct file *file;
	struct inode *inode;
	__u32 zero = 0;
	long fd = ctx->ret;

	if (fd < 0 || !s || is_ignored(s, bpf_get_current_pid_tgid() >> 32))
		return 0;
	file = file_of(task, fd);
	if (!file) {
		count(LKM_COUNTER_RACED);
		return 0;
	}
	mount = mount_of(BPF_CORE_READ(file, f_path.mnt));
	ns = BPF_CORE_READ(mount, mnt_ns);
	if (is_internal(ns))
		return 0;
	out = bpf_map_lookup_elem(&scratch, &zero);
	if (!out)
		return 0;

	dentry = BPF_CORE_READ(file, f_path.dentry);
	inode = BPF_CORE_READ(file, f_inode);
	walk_path(&out->walk, dentry, mount);
	fill_header(&out->record.header, task, LKM_RECORD_OPEN);
	out->record.flags = flags;
	out->record.mode = BPF_CORE_READ(inode, i_mode);
	out->record.owner = BPF_CORE_READ(inode, i_uid.val);
	out->record.fd = fd;
	out->record.attributes = attributes_of(file, dentry, flags, &out->walk, ns, s);
	emit_open(out);
	return 0;
}

static __always_inline struct pt_regs *current_registers(void)
{
	return (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
}

SEC("tracepoint/syscalls/sys_exit_open")
int exit_open(struct trace_event_raw_sys_exit *ctx)
{
	return opened(ctx, PT_REGS_PARM2_CORE_SYSCALL(current_registers()));
}

SEC("tracepoint/syscalls/sys_exit_openat")
int exit_openat(struct trace_event_raw_sys_exit *ctx)
{
	return opened(ctx, PT_REGS_PARM3_CORE_SYSCALL(current_registers()));
}

SEC("tracepoint/syscalls/sys_exit_openat2")
int exit_openat2(struct trace_event_raw_sys_exit *ctx)
{
	const void *how = (const void *)PT_REGS_PARM3_CORE_SYSCALL(current_registers());
	__u64 flags = 0;

	/* struct open_how starts with its flags. It was readable a moment ago; if it no longer is,
	 * the flags are unknown, the open is still reported. */
	bpf_probe_read_user(&flags, sizeof(flags), how);
	return opened(ctx, flags);
}

SEC("tracepoint/syscalls/sys_exit_creat")
int exit_creat(struct trace_event_raw_sys_exit *ctx)
{
	return opened(ctx, O_CREAT | O_WRONLY | O_TRUNC);
}
