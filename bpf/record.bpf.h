/* SPDX-License-Identifier: MIT */
/*
 * The maps that all programs share, and what every record has in common: whose it is, when, and
 * how it gets into the ring.
 */
#ifndef LUNARIS_BPF_RECORD_BPF_H
#define LUNARIS_BPF_RECORD_BPF_H

#include "bpf/vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf/events.h"
#include "bpf/path.bpf.h"

/* include/uapi/linux/stat.h, which names these for programs without a C library only */
#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFREG 0100000
#define S_IFDIR 0040000

#define PF_IO_WORKER 0x10
#define MAX_ERRNO 4095

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024); /* the loader sets what is configured */
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_counters);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_settings);
} settings SEC(".maps");

/* What is known of a file. */
struct lkm_subject {
	struct lkm_place place;
	struct mnt_namespace *ns; /* of the mount */
	__u32 mode;
	__u32 owner;
	__u32 attributes;
	__u32 path_length; /* of what stands behind the record */
};

/* What a program knows of its system call. */
struct lkm_call {
	__u32 type;  /* enum lkm_record_type: what it may become */
	__u32 flags; /* of an open */
	__s64 result;
	const char *name; /* of an open that failed, in user memory */
	struct lkm_writing writing;
};

/* A record that is being made. */
struct lkm_scratch {
	union {
		struct {
			struct lkm_record record;
			/* The path, behind it the name; the last bytes are for what follows a path
			 * while it is compared. */
			char text[2 * LKM_PATH_MAX + 8];
		};
		struct {
			char before[sizeof(struct lkm_record) - sizeof(__u32)];
			/* The start of the path, as the key of a rule. */
			struct lkm_rule_key rule_key;
		};
	};
	struct lkm_subject subject;
	struct lkm_call call;
};

/*
 * For each kind of walker and CPU one is enough. The programs at tracepoints run with preemption off
 * (at the system calls' since 6.13 by commits 65e7462a16ce and 4aadde89d81f, before because all
 * tracepoints did); the others can be preempted, but the kernel runs none of them twice at a time on a
 * CPU. What runs in interrupts must not touch it.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LKM_WALKERS);
	__type(key, __u32);
	__type(value, struct lkm_scratch);
} scratch SEC(".maps");

static __always_inline struct lkm_counters *current_counters(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&counters, &zero);
}

/* Atomic, because a program on sockets runs in soft interrupts, in the midst of another. */
#define LKM_COUNT(counter, amount)                                                                     \
	do {                                                                                           \
		struct lkm_counters *all = current_counters();                                         \
		if (all)                                                                               \
			__sync_fetch_and_add(&all->counter, amount);                                   \
	} while (0)

static __always_inline const struct lkm_settings *current_settings(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

static __always_inline struct lkm_scratch *scratch_of(__u32 walker)
{
	return bpf_map_lookup_elem(&scratch, &walker);
}

static __always_inline bool is_ignored(const struct lkm_settings *s, struct task_struct *task)
{
	__u32 tgid = task->tgid;

	return tgid == s->ignored_tgids[0] || tgid == s->ignored_tgids[1];
}

static __always_inline void copy_comm(char *comm, struct task_struct *task)
{
	__u64 *words = (__u64 *)comm;

	words[0] = *(__u64 *)&task->comm[0];
	words[1] = *(__u64 *)&task->comm[8];
}

/* A record without a subject yet, about `task`, which need not be the one that runs. */
static __always_inline void begin_record(struct lkm_record *record, struct task_struct *task,
					 __u16 type, __u64 now)
{
	struct task_struct *leader = task->group_leader;

	__builtin_memset(record, 0, sizeof(*record));
	record->header.version = LKM_RECORD_VERSION;
	record->header.type = type;
	record->header.boot_ns = now;
	record->header.start_ns = leader->start_boottime;
	record->header.cgroup = task->cgroups->dfl_cgrp->kn->id;
	record->header.tgid = task->tgid;
	record->header.ppid = task->real_parent->tgid;
	record->header.uid = task->cred->uid.val;
	record->header.fsuid = task->cred->fsuid.val;
	/* A worker of io_uring has a name of its own; people know the process. */
	if (task->flags & PF_IO_WORKER)
		copy_comm(record->header.comm, leader);
	else
		copy_comm(record->header.comm, task);
}

/* What a descriptor of the task stands for; NULL if for nothing. */
static __always_inline struct file *file_of(struct task_struct *task, __s64 fd)
{
	struct fdtable *table = task->files->fdt;
	struct file **slots = table->fd;

	if (fd < 0 || fd >= table->max_fds)
		return NULL;
	/* A pointer at some address: to read one, any structure that starts with one will do. */
	return (struct file *)LKM_READ(struct list_head, &slots[fd], next);
}

static __always_inline void set_place(struct lkm_subject *subject, struct dentry *dentry,
				      struct vfsmount *vfsmount)
{
	struct mount *mount = mount_of(vfsmount);

	subject->place.dentry = dentry;
	subject->place.mount = mount;
	subject->ns = LKM_READ(struct mount, mount, mnt_ns);
}

/* Pipes, sockets, memfds, anonymous inodes: on a mount that the kernel keeps to itself, mnt_ns is
 * MNT_NS_INTERNAL, an error pointer. */
static __always_inline bool is_internal(const struct lkm_subject *subject)
{
	return (unsigned long)subject->ns >= (unsigned long)-MAX_ERRNO;
}

/* All but the path. Returns the file's mode of opening, f_mode. */
static __always_inline __u32 look_at_file(struct lkm_subject *subject, struct file *file)
{
	__u64 of_file[10], of_inode[2];
	struct inode *inode;

	LKM_LOOK(of_file, file);
	inode = LKM_MEMBER(of_file, struct file, file, f_inode);
	LKM_LOOK(of_inode, inode);
	subject->mode = LKM_MEMBER(of_inode, struct inode, inode, i_mode);
	subject->owner = LKM_MEMBER(of_inode, struct inode, inode, i_uid.val);
	subject->attributes = 0;
	subject->path_length = 0;
	set_place(subject, LKM_MEMBER(of_file, struct file, file, f_path.dentry),
		  LKM_MEMBER(of_file, struct file, file, f_path.mnt));
	return LKM_MEMBER(of_file, struct file, file, f_mode);
}

/* Finds the path of the subject and writes it behind the record: one contiguous piece is one record in
 * the ring. */
static __always_inline void find_path(struct lkm_scratch *out, __u32 walker,
				      const struct lkm_settings *s)
{
	struct lkm_walk *walk = bpf_map_lookup_elem(&walks, &walker);
	struct lkm_subject *subject = &out->subject;
	struct mnt_namespace *ns = subject->ns;

	if (!walk)
		return;
	subject->path_length = walk_path(walk, &subject->place, out->text);
	subject->attributes |= walk->attributes;
	/* No namespace: the mount was detached while in use, the path ends at its root. */
	if (!ns || LKM_READ(struct mnt_namespace, ns, ns.inum) != s->host_mount_namespace)
		subject->attributes |= LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE;
}

static __always_inline void add_subject(struct lkm_record *record, const struct lkm_subject *subject)
{
	record->mode = subject->mode;
	record->owner = subject->owner;
	record->attributes = subject->attributes;
	record->path_length = subject->path_length;
}

/*
 * Waking the helper costs more than everything else here. A helper that sleeps is woken at once; one
 * that polls, because it has just been busy, by the record with which a good part of the ring is full.
 */
static __always_inline __u64 wake_up(const struct lkm_settings *s, __u32 size)
{
	__u64 waiting;

	if (!*(volatile __u32 *)&s->polling)
		return 0;
	waiting = bpf_ringbuf_query(&records, BPF_RB_AVAIL_DATA);
	return waiting <= s->wake_up_bytes && waiting + size > s->wake_up_bytes ? BPF_RB_FORCE_WAKEUP
										: BPF_RB_NO_WAKEUP;
}

/* Sends a record and the texts behind it; false, and counted, if there is no room. */
static __always_inline bool send(struct lkm_record *record, __u32 size, const struct lkm_settings *s)
{
	struct lkm_counters *all = current_counters();

	if (!all)
		return false;
	record->header.size = size;
	record->header.cpu = bpf_get_smp_processor_id();
	record->header.sequence = __sync_fetch_and_add(&all->sequence, 1);
	if (!bpf_ringbuf_output(&records, record, size, wake_up(s, size)))
		return true;
	__sync_fetch_and_add(&all->lost[record->header.type & (LKM_RECORD_TYPES - 1)], 1);
	return false;
}

/* Sends what is in the scratch, its path and its name. */
static __always_inline bool emit(struct lkm_scratch *out, const struct lkm_settings *s)
{
	__u32 text = out->record.path_length + out->record.name_length;

	if (text > 2 * LKM_PATH_MAX)
		text = 2 * LKM_PATH_MAX;
	return send(&out->record, sizeof(out->record) + text, s);
}

#endif
