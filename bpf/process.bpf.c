/* SPDX-License-Identifier: MIT */
/*
 * Processes: what they run, and how they end. Attached whenever anything is, because a process is
 * only known by its program while somebody has seen it start.
 */
#include "bpf/record.bpf.h"

#define SIGNAL_GROUP_EXIT 0x4u

/*
 * Threads that end together may each find that they are the last. Who enters the process here was
 * the first to say so. Old entries give way; a process ends within moments.
 */
struct lkm_ended {
	__u64 start;
	__u64 tgid;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct lkm_ended);
	__type(value, __u8);
} ended SEC(".maps");

/* What the task runs, and its path; false if it runs nothing, as a thread of the kernel. */
static __always_inline bool find_executable(struct lkm_scratch *out, __u32 walker,
					    struct task_struct *task, const struct lkm_settings *s)
{
	struct file *file = BPF_CORE_READ(task, mm, exe_file);

	if (!file)
		return false;
	look_at_file(&out->subject, file);
	find_path(out, walker, s);
	return true;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(process_exec, struct task_struct *task)
{
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);

	if (!s || !out || !find_executable(out, LKM_WALKER_CALL, task, s))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_EXEC, bpf_ktime_get_boot_ns());
	add_subject(&out->record, &out->subject);
	emit(out, s);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(process_fork, struct task_struct *parent, struct task_struct *child)
{
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);

	/* A thread is not a process. */
	if (!s || !out || child->pid != child->tgid)
		return 0;
	begin_record(&out->record, child, LKM_RECORD_FORK, bpf_ktime_get_boot_ns());
	out->record.header.ppid = parent->tgid;
	out->record.value = parent->group_leader->start_boottime;
	emit(out, s);
	return 0;
}

/* As wait(2) tells it: the code of exit(), or which signal, negative. */
static __always_inline __s32 exit_value(struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	__s32 code = task->exit_code;

	if (signal->flags & SIGNAL_GROUP_EXIT)
		code = signal->group_exit_code;
	return code & 0x7f ? -(code & 0x7f) : (code >> 8) & 0xff;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(process_exit, struct task_struct *task)
{
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);
	struct lkm_ended key = {};
	__u8 one = 1;

	/* do_exit() has counted this thread out already: at 0 it was the last. */
	if (!s || !out || task->signal->live.counter != 0)
		return 0;
	key.tgid = task->tgid;
	key.start = task->group_leader->start_boottime;
	if (bpf_map_update_elem(&ended, &key, &one, BPF_NOEXIST))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_EXIT, bpf_ktime_get_boot_ns());
	out->record.value = exit_value(task);
	emit(out, s);
	return 0;
}

/* Read once after the hooks above are attached: every process that was there before them. */
SEC("iter/task")
int running_processes(struct bpf_iter__task *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct task_struct *task = ctx->task;
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out;
	__u32 length;

	if (!task || !s || task->pid != task->tgid)
		return 0;
	out = scratch_of(LKM_WALKER_ITERATOR);
	if (!out || !find_executable(out, LKM_WALKER_ITERATOR, task, s))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_RUNNING, bpf_ktime_get_boot_ns());
	add_subject(&out->record, &out->subject);
	length = out->subject.path_length & (2 * LKM_PATH_MAX - 1);
	out->record.header.size = sizeof(out->record) + length;
	bpf_seq_write(seq, &out->record, sizeof(out->record) + length);
	return 0;
}
