/* SPDX-License-Identifier: MIT */
/*
 * The second half of every system call that touched a file: the path, whether anybody should hear of
 * it, and the record.
 */
#include "bpf/open.bpf.h"
#include "bpf/write.bpf.h"

SEC("tracepoint")
int step_tell(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);

	if (!s || !out)
		return 0;
	switch (type_after_walk(out, s)) {
	case LKM_RECORD_OPEN:
		report_opened(out, task, s);
		break;
	case LKM_RECORD_OPEN_FAILED:
		report_failed(out, task, s);
		break;
	default:
		report_written(out, task, s);
	}
	return 0;
}
