/* SPDX-License-Identifier: MIT */
/*
 * The absolute path of an opened file, taken from the kernel's own structures: dentry by dentry up
 * to the root of its mount, mount by mount up to the root of the file's mount namespace. What
 * prepend_path() in the kernel's fs/d_path.c does, without its locks: a rename during the walk may
 * mix old and new names.
 */
#ifndef LUNARIS_BPF_PATH_BPF_H
#define LUNARIS_BPF_PATH_BPF_H

#include "bpf/vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "bpf/events.h"

/*
 * Names and mount crossings together; a deeper path keeps its end and is marked truncated. The loop
 * is bounded because 5.15 has no bpf_loop(): the verifier walks it whole.
 */
#define LKM_WALK_STEPS 512

/* NAME_MAX of every file system that Linux mounts. */
#define LKM_NAME_MAX 255u

/*
 * The path is written from the end of a window of LKM_PATH_MAX bytes towards its start. The bytes
 * behind the window only satisfy the verifier, which does not follow that position + length is in it.
 *
 * Position and mark live in the map, too, not in registers: what is read back from a map is any
 * number to the verifier, so two ways through the loop meet in one state. In registers, every step
 * had its own range, and a million instructions were not enough.
 */
struct lkm_path_buffer {
	char bytes[LKM_PATH_MAX + LKM_NAME_MAX + 1];
	volatile __u32 start; /* of the path in the window */
	volatile __u32 truncated;
};

/* Where a path is walked from. */
struct lkm_place {
	struct dentry *dentry; /* NULL: there is no path */
	struct mount *mount;
};

/*
 * The first bytes of a kernel object. Each look at the kernel's memory is a call that costs more than
 * what it copies: one look takes all members that are wanted. Where a kernel has a member further
 * behind (lock debugging makes locks large), it gets a look of its own; the load decides, not the run.
 */
struct lkm_head {
	__u64 words[12];
};

#define LKM_LOOK(head, object) bpf_probe_read_kernel(head, sizeof(*(head)), object)

#define LKM_MEMBER(head, type, object, member)                                                         \
	({                                                                                             \
		const __u32 offset = bpf_core_field_offset(type, member);                              \
		typeof(((type *)0)->member) value;                                                     \
		if (offset + sizeof(value) <= sizeof(*(head)))                                         \
			value = *(typeof(value) *)((void *)(head) + offset);                           \
		else                                                                                   \
			bpf_core_read(&value, sizeof(value), &((type *)(object))->member);             \
		value;                                                                                 \
	})

static __always_inline bool prepend_name(struct lkm_path_buffer *path, __u32 length,
					 const unsigned char *name)
{
	__u32 position = path->start;

	if (length > LKM_NAME_MAX)
		length = LKM_NAME_MAX;
	if (position < length + 1) {
		path->truncated = 1;
		return false;
	}
	position = (position - length - 1) & (LKM_PATH_MAX - 1);
	path->start = position;
	path->bytes[position] = '/';
	if (bpf_probe_read_kernel(&path->bytes[position + 1], length & LKM_NAME_MAX, name))
		path->truncated = 1;
	return true;
}

static __always_inline struct mount *mount_of(struct vfsmount *vfsmount)
{
	return (void *)vfsmount - bpf_core_field_offset(struct mount, mnt);
}

static __always_inline void walk_path(struct lkm_path_buffer *path, const struct lkm_place *place)
{
	struct dentry *dentry = place->dentry;
	struct mount *mount = place->mount;
	struct lkm_head at_mount = {}, at = {};
	struct dentry *mount_root;
	int step;

	path->start = LKM_PATH_MAX;
	path->truncated = 0;
	LKM_LOOK(&at_mount, mount);
	mount_root = LKM_MEMBER(&at_mount, struct mount, mount, mnt.mnt_root);
	for (step = 0; step < LKM_WALK_STEPS; step++) {
		struct dentry *parent;

		LKM_LOOK(&at, dentry);
		parent = LKM_MEMBER(&at, struct dentry, dentry, d_parent);
		if (dentry == mount_root || dentry == parent) {
			struct mount *above = LKM_MEMBER(&at_mount, struct mount, mount, mnt_parent);

			if (!above || above == mount)
				break;
			dentry = LKM_MEMBER(&at_mount, struct mount, mount, mnt_mountpoint);
			mount = above;
			LKM_LOOK(&at_mount, mount);
			mount_root = LKM_MEMBER(&at_mount, struct mount, mount, mnt.mnt_root);
			continue;
		}
		if (!prepend_name(path, LKM_MEMBER(&at, struct dentry, dentry, d_name.len),
				  LKM_MEMBER(&at, struct dentry, dentry, d_name.name)))
			break;
		dentry = parent;
	}
	if (step == LKM_WALK_STEPS)
		path->truncated = 1;
	if (path->start == LKM_PATH_MAX) {
		path->bytes[LKM_PATH_MAX - 1] = '/';
		path->start = LKM_PATH_MAX - 1;
	}
}

#endif
