/* SPDX-License-Identifier: MIT */
/*
 * The absolute path of an opened file, taken from the kernel's own structures: dentry by dentry up
 * to the root of its mount, mount by mount up to the root of the file's mount namespace. What
 * prepend_path() in the kernel's fs/d_path.c does, without its locks: a rename during the walk may
 * mix old and new names.
 */
#ifndef LUNARIS_BPF_PATH_BPF_H
#define LUNARIS_BPF_PATH_BPF_H

#include "bpf/events.h"
#include "bpf/kernels.bpf.h"
#include "bpf/look.bpf.h"

/* Names and mount crossings together; a deeper path keeps its end and is marked truncated. */
#define LKM_WALK_STEPS 512

/* NAME_MAX of every file system that Linux mounts. */
#define LKM_NAME_MAX 255u

/* Where a path is walked from. */
struct lkm_place {
	struct dentry *dentry; /* NULL: there is no path */
	struct mount *mount;
};

/* A name, which the walk finds before it knows where in the path it will stand. */
struct lkm_name {
	__u32 length;
	__u32 is_inline; /* the bytes are here, else the first word says where */
	__u64 words[LKM_INLINE_NAME_WORDS];
};

/*
 * The way up, and the names on it. What the loops go by lives in the map, not in registers: what is
 * read back from a map is any number to the verifier, so two ways through a loop meet in one state. In
 * registers, every step has its own range or type, and where a loop is walked whole (see LKM_LOOP) a
 * million instructions are not enough.
 */
struct lkm_walk {
	struct lkm_name names[LKM_WALK_STEPS];
	struct dentry *volatile dentry;
	struct dentry *volatile mount_root;
	struct mount *volatile mount;
	volatile __u32 count;
	volatile __u32 length; /* of the whole path, or of what is left to write */
	volatile __u32 position;
	volatile __u32 attributes;
};

/* Several programs may be walking on one CPU: each kind has its own place to do so. */
enum lkm_walker {
	LKM_WALKER_CALL = 0, /* at a tracepoint: with preemption off */
	LKM_WALKER_ITERATOR = 1,
	LKM_WALKER_TRAMPOLINE = 2,
	LKM_WALKER_TRAMPOLINE_BY_HANDLE = 3,
	LKM_WALKERS = 4,
};

/* Not in the scratch of the record: the kernel's limit for a value of a per-CPU map is 32 KiB. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LKM_WALKERS);
	__type(key, __u32);
	__type(value, struct lkm_walk);
} walks SEC(".maps");

static __always_inline struct mount *mount_of(struct vfsmount *vfsmount)
{
	return (void *)vfsmount - bpf_core_field_offset(struct mount, mnt);
}

static __always_inline void enter_mount(struct lkm_walk *walk, struct mount *mount)
{
	walk->mount = mount;
	walk->mount_root = LKM_READ(struct mount, mount, mnt.mnt_root);
}

/* What a step of a walk is given; on the stack, which bpf_loop() insists on. */
struct lkm_path {
	struct lkm_walk *walk;
	char *text; /* room for LKM_PATH_MAX bytes and a name more */
};

/* From the file up: one name, and how much longer it makes the path. At the root it ends. */
static long collect_name(__u32 step, struct lkm_path *path)
{
	struct lkm_walk *walk = path->walk;
	struct dentry *dentry = walk->dentry, *parent;
	struct lkm_name *name;
	const void *bytes;
	__u64 at[12];
	__u32 length;

	LKM_LOOK(at, dentry);
	parent = LKM_MEMBER(at, struct dentry, dentry, d_parent);
	/* d_unlinked(): out of the dentry hash, and not the root of its file system. */
	if (step == 0 && dentry != parent && !LKM_MEMBER(at, struct dentry, dentry, d_hash.pprev))
		walk->attributes |= LKM_ATTRIBUTE_DELETED;
	if (dentry == walk->mount_root || dentry == parent) {
		struct mount *mount = walk->mount;
		struct mount *above = LKM_READ(struct mount, mount, mnt_parent);

		if (!above || above == mount) {
			walk->dentry = NULL;
			return LKM_END_LOOP;
		}
		walk->dentry = LKM_READ(struct mount, mount, mnt_mountpoint);
		enter_mount(walk, above);
		return LKM_GO_ON;
	}
	walk->dentry = parent;
	bytes = LKM_MEMBER(at, struct dentry, dentry, d_name.name);
	length = LKM_MEMBER(at, struct dentry, dentry, d_name.len);
	if (length > LKM_NAME_MAX)
		length = LKM_NAME_MAX;
	name = &walk->names[walk->count & (LKM_WALK_STEPS - 1)];
	name->length = length;
	/* A short name stands in the dentry, and was looked at together with it. */
	name->is_inline = inline_name(name->words, at, sizeof(at), dentry, bytes);
	if (!name->is_inline)
		name->words[0] = (__u64)bytes;
	walk->count++;
	walk->length += length + 1;
	return LKM_GO_ON;
}

/* Leaves `walk->dentry` where it had to stop before the root. */
static __always_inline void collect_names(struct lkm_path *path, const struct lkm_place *place)
{
	struct lkm_walk *walk = path->walk;

	walk->dentry = place->dentry;
	enter_mount(walk, place->mount);
	LKM_LOOP(LKM_WALK_STEPS, collect_name, path);
	if (walk->dentry)
		walk->attributes |= LKM_ATTRIBUTE_TRUNCATED;
}

/* From the root down: one name. A short one is written in whole words, and the next one overwrites what
 * is too much. */
static long write_name(__u32 step, struct lkm_path *path)
{
	struct lkm_walk *walk = path->walk;
	char *text = path->text;
	struct lkm_name *name;
	__u32 position, length;

	if (!walk->count)
		return LKM_END_LOOP;
	walk->count--;
	name = &walk->names[walk->count & (LKM_WALK_STEPS - 1)];
	length = name->length & LKM_NAME_MAX;
	if (walk->length > LKM_PATH_MAX) {
		/* The end is what tells most. */
		walk->length -= length + 1;
		walk->attributes |= LKM_ATTRIBUTE_TRUNCATED;
		return LKM_GO_ON;
	}
	position = walk->position & (LKM_PATH_MAX - 1);
	text[position] = '/';
	if (name->is_inline) {
		__u64 *target = (__u64 *)&text[position + 1];

#pragma unroll
		for (int i = 0; i < LKM_INLINE_NAME_WORDS; i++)
			target[i] = name->words[i];
	} else if (bpf_probe_read_kernel(&text[position + 1], length, (void *)name->words[0])) {
		walk->attributes |= LKM_ATTRIBUTE_TRUNCATED;
	}
	walk->position = position + length + 1;
	return LKM_GO_ON;
}

/* Writes the path; returns how long it is, at least 1 and at most LKM_PATH_MAX. */
static __always_inline __u32 walk_path(struct lkm_walk *walk, const struct lkm_place *place, char *text)
{
	struct lkm_path path = {.walk = walk, .text = text};

	walk->count = 0;
	walk->length = 0;
	walk->position = 0;
	walk->attributes = 0;
	collect_names(&path, place);
	LKM_LOOP(LKM_WALK_STEPS, write_name, &path);
	if (!walk->position) {
		text[0] = '/';
		walk->position = 1;
	}
	return walk->position;
}

#endif
