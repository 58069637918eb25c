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
 * is bounded because 5.15 has no bpf_loop(): the verifier walks it whole, 90 000 instructions a
 * program at this number.
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

static __always_inline bool prepend_name(struct lkm_path_buffer *path, struct dentry *dentry)
{
	__u32 length = BPF_CORE_READ(dentry, d_name.len);
	const unsigned char *name = BPF_CORE_READ(dentry, d_name.name);
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

static __always_inline void walk_path(struct lkm_path_buffer *path, struct dentry *dentry,
				      struct mount *mount)
{
	struct dentry *mount_root = BPF_CORE_READ(mount, mnt.mnt_root);
	int step;

	path->start = LKM_PATH_MAX;
	path->truncated = 0;
	for (step = 0; step < LKM_WALK_STEPS; step++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

		if (dentry == mount_root || dentry == parent) {
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);

			if (!above || above == mount)
				break;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			mount_root = BPF_CORE_READ(mount, mnt.mnt_root);
			continue;
		}
		if (!prepend_name(path, dentry))
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
