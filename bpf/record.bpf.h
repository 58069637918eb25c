/* SPDX-License-Identifier: MIT */
/*
 * The maps that all programs share, and what every record has in common: whose it is, when, and
 * whether it is wanted. The maps are weak, because each .bpf.c brings them and the linker keeps one.
 */
#ifndef LUNARIS_BPF_RECORD_BPF_H
#define LUNARIS_BPF_RECORD_BPF_H

#include "bpf/vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf/events.h"
#include "bpf/path.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, LKM_RING_SIZE);
} records __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LKM_COUNTERS);
	__type(key, __u32);
	__type(value, __u64);
} counters __weak SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_settings);
} settings __weak SEC(".maps");

/* A record that is being written, and the walk that finds its path. */
struct lkm_scratch {
	struct lkm_record record;
	char text[2 * LKM_PATH_MAX]; /* the path, and behind it the name */
	struct lkm_path_buffer walk;
};

/*
 * One per CPU is enough for programs that run on behalf of a process: nothing preempts them. What runs
 * in interrupts, in the midst of them, must not touch it.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_scratch);
} scratch __weak SEC(".maps");

static __always_inline void count(__u32 counter)
{
	__u64 *value = bpf_map_lookup_elem(&counters, &counter);

	/* Atomic, because a program on sockets runs in soft interrupts, in the midst of another. */
	if (value)
		__sync_fetch_and_add(value, 1);
}

static __always_inline const struct lkm_settings *current_settings(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

static __always_inline struct lkm_scratch *current_scratch(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch, &zero);
}

static __always_inline bool is_ignored(const struct lkm_settings *s, __u32 tgid)
{
	return tgid == s->ignored_tgids[0] || tgid == s->ignored_tgids[1];
}

/* What a descriptor of the task stands for; NULL if for nothing. */
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

/* A record without a path yet, about `task`, which need not be the one that runs. */
static __always_inline void begin_record(struct lkm_record *record, struct task_struct *task,
					 __u16 type)
{
	const struct cred *cred = BPF_CORE_READ(task, cred);

	__builtin_memset(record, 0, sizeof(*record));
	record->header.version = LKM_RECORD_VERSION;
	record->header.type = type;
	record->header.boot_ns = bpf_ktime_get_boot_ns();
	record->header.cgroup = bpf_get_current_cgroup_id();
	record->header.tgid = BPF_CORE_READ(task, tgid);
	record->header.ppid = BPF_CORE_READ(task, real_parent, tgid);
	record->header.uid = BPF_CORE_READ(cred, uid.val);
	record->header.fsuid = BPF_CORE_READ(cred, fsuid.val);
	BPF_CORE_READ_INTO(&record->header.comm, task, comm);
}

/* Finds a path and brings it behind the record: one contiguous piece is one record in the ring. */
static __always_inline __u32 add_path(struct lkm_scratch *out, struct dentry *dentry,
				      struct mount *mount, const struct lkm_settings *s)
{
	struct mnt_namespace *ns = BPF_CORE_READ(mount, mnt_ns);
	__u32 start, length;

	walk_path(&out->walk, dentry, mount);
	if (out->walk.truncated)
		out->record.attributes |= LKM_ATTRIBUTE_TRUNCATED;
	/* d_unlinked(): out of the dentry hash, and not the root of its file system. */
	if (!BPF_CORE_READ(dentry, d_hash.pprev) && BPF_CORE_READ(dentry, d_parent) != dentry)
		out->record.attributes |= LKM_ATTRIBUTE_DELETED;
	/* No namespace: the mount was detached while in use, the path ends at its root. */
	if (!ns || BPF_CORE_READ(ns, ns.inum) != s->host_mount_namespace)
		out->record.attributes |= LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE;

	start = out->walk.start & (LKM_PATH_MAX - 1);
	length = LKM_PATH_MAX - start;
	bpf_probe_read_kernel(out->text, length, &out->walk.bytes[start]);
	out->record.path_length = length;
	return length;
}

static __always_inline void add_inode(struct lkm_record *record, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	record->mode = BPF_CORE_READ(inode, i_mode);
	record->owner = BPF_CORE_READ(inode, i_uid.val);
}

/* What the record says of a file, its path included. Returns the length of that. */
static __always_inline __u32 add_file(struct lkm_scratch *out, struct file *file,
				      const struct lkm_settings *s)
{
	add_inode(&out->record, file);
	return add_path(out, BPF_CORE_READ(file, f_path.dentry),
			mount_of(BPF_CORE_READ(file, f_path.mnt)), s);
}

/*
 * Waking the helper costs more than everything else here. A helper that sleeps is woken at once; one
 * that polls, because it has just been busy, only when a good part of the ring is full.
 */
static __always_inline __u64 wake_up(void)
{
	const struct lkm_settings *s = current_settings();

	if (!s || !*(volatile __u32 *)&s->polling)
		return 0;
	return bpf_ringbuf_query(&records, BPF_RB_AVAIL_DATA) > LKM_RING_SIZE / 4 ? BPF_RB_FORCE_WAKEUP
										  : BPF_RB_NO_WAKEUP;
}

static __always_inline void send(void *record, __u32 size)
{
	if (bpf_ringbuf_output(&records, record, size, wake_up()))
		count(LKM_COUNTER_LOST);
}

/* Sends the record with so many bytes of text. */
static __always_inline void emit(struct lkm_scratch *out, __u32 text)
{
	__u32 size = sizeof(out->record) + text;

	out->record.header.size = size;
	send(out, size);
}

#endif
