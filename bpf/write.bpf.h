/* SPDX-License-Identifier: MIT */
/*
 * Bytes written, summed for each process and file. The first write of an interval tells whose and which
 * file it is; the others only add. The helper reads the sums when the interval is over or the process
 * is, and joins the two.
 */
#ifndef LUNARIS_BPF_WRITE_BPF_H
#define LUNARIS_BPF_WRITE_BPF_H

#include "bpf/prefilter.bpf.h"

struct write_sums {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1); /* the loader makes the maps */
	__uint(key_size, sizeof(struct lkm_write_key));
	__uint(value_size, sizeof(struct lkm_write_sum));
};

/* Two, of which settings.write_interval says the one in use. Plain maps: nothing ever gives way. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct write_sums);
} sums SEC(".maps");

/*
 * Adds to the sum of the file that the descriptor stands for. True if the sum is new, or nobody has
 * been told of it yet: then `out` says what of it.
 */
static __always_inline bool add_written(struct lkm_scratch *out, struct task_struct *task,
					const struct lkm_settings *s, __s64 fd, __s64 bytes)
{
	struct lkm_writing *writing = &out->call.writing;
	struct lkm_write_sum fresh = {}, *sum;
	struct file *file = file_of(task, fd);
	__u64 head[10];
	struct super_block *super;
	struct inode *inode;
	void *map;

	if (!file) {
		LKM_COUNT(raced[LKM_RECORD_WRITTEN], 1);
		LKM_COUNT(lost_bytes, bytes);
		return false;
	}
	inode = LKM_READ(struct file, file, f_inode);
	LKM_LOOK(head, inode);
	if ((LKM_MEMBER(head, struct inode, inode, i_mode) & S_IFMT) != S_IFREG)
		return false;

	writing->interval = *(volatile __u32 *)&s->write_interval & 1;
	writing->reserved = 0;
	writing->key.inode = LKM_MEMBER(head, struct inode, inode, i_ino);
	super = LKM_MEMBER(head, struct inode, inode, i_sb);
	writing->key.device = LKM_READ(struct super_block, super, s_dev);
	writing->key.generation = LKM_READ(struct inode, inode, i_generation);
	writing->key.tgid = task->tgid;
	writing->key.program = task->self_exec_id;
	map = bpf_map_lookup_elem(&sums, &writing->interval);
	if (!map)
		return false;

	out->call.type = LKM_RECORD_WRITING;
	sum = bpf_map_lookup_elem(map, &writing->key);
	if (!sum) {
		look_at_file(&out->subject, file);
		if (is_internal(&out->subject))
			return false;
		fresh.bytes = bytes;
		if (!bpf_map_update_elem(map, &writing->key, &fresh, BPF_NOEXIST))
			return true;
		/* Another thread was faster; or there is no room, and the write is told by itself. */
		sum = bpf_map_lookup_elem(map, &writing->key);
		if (!sum) {
			out->call.type = LKM_RECORD_WRITTEN;
			out->call.result = bytes;
			return true;
		}
	}
	__sync_fetch_and_add(&sum->bytes, bytes);
	if (*(volatile __u64 *)&sum->state != LKM_WRITE_UNTOLD)
		return false;
	look_at_file(&out->subject, file);
	return true;
}

/* The path stands in `out`. */
static __always_inline void report_written(struct lkm_scratch *out, struct task_struct *task,
					   const struct lkm_settings *s)
{
	struct lkm_writing *writing = &out->call.writing;
	bool is_single = out->call.type == LKM_RECORD_WRITTEN;
	bool excluded = is_excluded(out, s) && !s->shadow;
	__u64 state = LKM_WRITE_FILTERED;
	struct lkm_write_sum *sum;
	__u32 length;
	void *map;

	if (is_single && excluded) {
		LKM_COUNT(filtered[LKM_RECORD_WRITTEN], 1);
		return;
	}
	if (!excluded) {
		begin_record(&out->record, task, is_single ? LKM_RECORD_WRITTEN : LKM_RECORD_WRITING,
			     bpf_ktime_get_boot_ns());
		add_subject(&out->record, &out->subject);
		if (is_single) {
			out->record.value = out->call.result;
			if (!emit(out, s))
				LKM_COUNT(lost_bytes, out->call.result);
			return;
		}
		length = out->subject.path_length & (2 * LKM_PATH_MAX - 1);
		if (length <= LKM_PATH_MAX)
			__builtin_memcpy(&out->text[length], writing, sizeof(*writing));
		out->record.name_length = sizeof(*writing);
		if (!emit(out, s))
			return; /* the next write tries again; without one, the bytes count as lost */
		state = LKM_WRITE_TOLD;
	}
	map = bpf_map_lookup_elem(&sums, &writing->interval);
	sum = map ? bpf_map_lookup_elem(map, &writing->key) : NULL;
	if (sum)
		*(volatile __u64 *)&sum->state = state;
}

#endif
