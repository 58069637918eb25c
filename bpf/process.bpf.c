/* SPDX-License-Identifier: MIT */
/*
 * Processes: what they run, and how they end. Attached whenever anything is, because a process is
 * only known by its program while somebody has seen it start.
 */
#include "bpf/record.bpf.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define SIGNAL_GROUP_EXIT 0x4u

/* The iterator can be preempted by the programs that use the other one. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_scratch);
} iterator_scratch SEC(".maps");

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
static __always_inline bool find_executable(struct lkm_scratch *out, struct task_struct *task,
					    const struct lkm_settings *s)
{
	struct file *file = BPF_CORE_READ(task, mm, exe_file);

	if (!file)
		return false;
	look_at_file(&out->subject, file);
	find_path(out, s);
	return true;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(process_exec, struct task_struct *task)
{
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = current_scratch();

	if (!s || !out || !find_executable(out, task, s))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_EXEC);
	add_subject(&out->record, &out->subject);
	emit(out, s);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(process_fork, struct task_struct *parent, struct task_struct *child)
{
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = current_scratch();

	/* A thread is not a process. */
	if (!s || !out || child->pid != child->tgid)
		return 0;
	begin_record(&out->record, child, LKM_RECORD_FORK);
	out->record.header.ppid = parent->tgid;
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
	struct lkm_scratch *out = current_scratch();
	struct lkm_ended key = {};
	__u8 one = 1;

	/* do_exit() has counted this thread out already: at 0 it was the last. */
	if (!s || !out || task->signal->live.counter != 0)
		return 0;
	key.tgid = task->tgid;
	key.start = task->group_leader->start_boottime;
	if (bpf_map_update_elem(&ended, &key, &one, BPF_NOEXIST))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_EXIT);
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
	__u32 zero = 0, length;

	if (!task || !s || task->pid != task->tgid)
		return 0;
	out = bpf_map_lookup_elem(&iterator_scratch, &zero);
	if (!out || !find_executable(out, task, s))
		return 0;
	begin_record(&out->record, task, LKM_RECORD_RUNNING);
	add_subject(&out->record, &out->subject);
	length = out->subject.path_length & (2 * LKM_PATH_MAX - 1);
	out->record.header.size = sizeof(out->record) + length;
	bpf_seq_write(seq, &out->record, sizeof(out->record) + length);
	return 0;
}
