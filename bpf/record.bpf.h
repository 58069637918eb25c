/* SPDX-License-Identifier: MIT */
/* The maps, and what every record has in common: whose it is, when, and whether it is wanted. */
#ifndef LUNARIS_BPF_RECORD_BPF_H
#define LUNARIS_BPF_RECORD_BPF_H

#include "bpf/vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf/events.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LKM_COUNTERS);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lkm_settings);
} settings SEC(".maps");

static __always_inline void count(__u32 counter)
{
	__u64 *value = bpf_map_lookup_elem(&counters, &counter);

	/* Per CPU, and tracepoint programs cannot be preempted: a plain add loses nothing. */
	if (value)
		*value += 1;
}

static __always_inline const struct lkm_settings *current_settings(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

static __always_inline bool is_ignored(const struct lkm_settings *s, __u32 tgid)
{
	return tgid == s->ignored_tgids[0] || tgid == s->ignored_tgids[1];
}

static __always_inline void fill_header(struct lkm_record_header *header, struct task_struct *task,
					__u16 type)
{
	const struct cred *cred = BPF_CORE_READ(task, cred);

	header->version = LKM_RECORD_VERSION;
	header->type = type;
	header->boot_ns = bpf_ktime_get_boot_ns();
	header->cgroup = bpf_get_current_cgroup_id();
	header->tgid = bpf_get_current_pid_tgid() >> 32;
	header->ppid = BPF_CORE_READ(task, real_parent, tgid);
	header->uid = BPF_CORE_READ(cred, uid.val);
	header->fsuid = BPF_CORE_READ(cred, fsuid.val);
	bpf_get_current_comm(header->comm, sizeof(header->comm));
}

#endif
