/* SPDX-License-Identifier: MIT */
/*
 * From an open that is over to its record, whichever hook has seen it.
 */
#ifndef LUNARIS_BPF_OPEN_BPF_H
#define LUNARIS_BPF_OPEN_BPF_H

#include "bpf/prefilter.bpf.h"

#define FMODE_WRITE 0x2u
#define FMODE_CREATED (1u << 20)
#define O_WRONLY 01u
#define O_CREAT 0100u
#define O_TRUNC 01000u
#define O_LARGEFILE 0100000u
#define O_PATH 010000000u

#define AT_FDCWD -100

/* What the registers of an open say. */
struct lkm_open_arguments {
	const char *name; /* in user memory; NULL where the call takes none */
	__s32 directory;  /* what the name is relative to: a descriptor, or AT_FDCWD */
	__u32 flags;
};

/* The path of what a call has touched, and the type of the record that tells of it. */
static __always_inline __u32 type_after_walk(struct lkm_scratch *out, const struct lkm_settings *s)
{
	if (out->subject.place.dentry)
		find_path(out, LKM_WALKER_CALL, s);
	/* Read after the walk, so that the verifier takes all types through it as one. */
	return *(volatile __u32 *)&out->call.type;
}

/* False if this is no file that anybody should hear of. */
static __always_inline bool look_at_opened(struct lkm_scratch *out, struct file *file, __u32 flags,
					   __s64 fd)
{
	__u32 mode = look_at_file(&out->subject, file);

	if (is_internal(&out->subject))
		return false;
	if (mode & FMODE_CREATED)
		out->subject.attributes |= LKM_ATTRIBUTE_CREATED;
	/* O_PATH opens nothing, and ignores the other flags. */
	if ((mode & FMODE_WRITE) || (flags & (O_TRUNC | O_PATH)) == O_TRUNC)
		out->subject.attributes |= LKM_ATTRIBUTE_WRITABLE;
	out->call.type = LKM_RECORD_OPEN;
	out->call.flags = flags;
	out->call.result = fd;
	return true;
}

/* The name of a failed open stands in user memory only. What it is relative to is walked, the helper
 * joins the two. */
static __always_inline void look_at_failed(struct lkm_scratch *out, struct task_struct *task,
					   const struct lkm_open_arguments *arguments, __s64 error)
{
	char first = 0;

	out->call.type = LKM_RECORD_OPEN_FAILED;
	out->call.flags = arguments->flags;
	out->call.result = error;
	out->call.name = arguments->name;
	__builtin_memset(&out->subject, 0, sizeof(out->subject));
	if (bpf_probe_read_user(&first, sizeof(first), arguments->name) || first == '/')
		return;
	if (arguments->directory == AT_FDCWD) {
		struct fs_struct *fs = task->fs;

		set_place(&out->subject, fs->pwd.dentry, fs->pwd.mnt);
	} else {
		struct file *file = file_of(task, arguments->directory);

		if (file)
			set_place(&out->subject, LKM_READ(struct file, file, f_path.dentry),
				  LKM_READ(struct file, file, f_path.mnt));
	}
}

/* A call has ended. False if there is nothing to tell. */
static __always_inline bool look_at_result(struct lkm_scratch *out, struct task_struct *task,
					   const struct lkm_settings *s,
					   const struct lkm_open_arguments *arguments, __s64 result)
{
	struct file *file;

	if (result < 0) {
		if (!s->failed_opens || !arguments->name)
			return false;
		look_at_failed(out, task, arguments, result);
		return true;
	}
	if (s->opens != LKM_OPENS_AT_EXIT)
		return false;
	file = file_of(task, result);
	if (!file) {
		LKM_COUNT(raced[LKM_RECORD_OPEN], 1);
		return false;
	}
	return look_at_opened(out, file, arguments->flags, result);
}

/* The path stands in `out`. */
static __always_inline void report_opened(struct lkm_scratch *out, struct task_struct *task,
					  const struct lkm_settings *s)
{
	bool excluded = is_excluded(out, s);
	struct lkm_told *place = NULL;
	__u64 now, key = 0;

	if (excluded && !s->shadow) {
		LKM_COUNT(filtered[LKM_RECORD_OPEN], 1);
		return;
	}
	now = bpf_ktime_get_boot_ns();
	if (excluded) {
		out->subject.attributes |= LKM_ATTRIBUTE_SHADOW_FILTERED;
	} else if (s->dedup_window_ns && !(out->subject.attributes & LKM_ATTRIBUTE_TRUNCATED)) {
		key = hash_open(out, task->tgid, s->dedup_seed);
		if (is_duplicate(out, key, now, s, &place)) {
			if (!s->shadow) {
				LKM_COUNT(duplicates, 1);
				return;
			}
			out->subject.attributes |= LKM_ATTRIBUTE_SHADOW_DUPLICATE;
		}
	}
	begin_record(&out->record, task, LKM_RECORD_OPEN, now);
	add_subject(&out->record, &out->subject);
	out->record.flags = out->call.flags;
	out->record.value = out->call.result;
	if (!emit(out, s) && place)
		forget_told(place, key);
}

static __always_inline void report_failed(struct lkm_scratch *out, struct task_struct *task,
					  const struct lkm_settings *s)
{
	__u32 length = out->subject.path_length;
	long size = 0;

	begin_record(&out->record, task, LKM_RECORD_OPEN_FAILED, bpf_ktime_get_boot_ns());
	add_subject(&out->record, &out->subject);
	out->record.flags = out->call.flags;
	out->record.value = out->call.result;
	if (length <= LKM_PATH_MAX)
		size = bpf_probe_read_user_str(&out->text[length], LKM_PATH_MAX, out->call.name);
	if (size > 0 && size <= LKM_PATH_MAX)
		out->record.name_length = size - 1; /* without the NUL */
	else
		out->record.attributes |= LKM_ATTRIBUTE_NAME_UNREADABLE;
	emit(out, s);
}

#endif
