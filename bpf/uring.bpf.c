/* SPDX-License-Identifier: MIT */
/*
 * Opens through io_uring, seen when the request is completed. One that asks for no completion
 * (IOSQE_CQE_SKIP_SUCCESS) is not seen.
 */
#include "bpf/kernels.bpf.h"
#include "bpf/open.bpf.h"
#include "bpf/steps.bpf.h"

/* include/uapi/linux/io_uring.h */
#define IORING_OP_OPENAT 18
#define IORING_OP_OPENAT2 28
#define IORING_FILE_INDEX_ALLOC (~0u)

SEC("tracepoint/io_uring/io_uring_complete")
int open_uring(struct trace_event_raw_io_uring_complete *ctx)
{
	struct io_kiocb *request = completed_request(ctx);
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_scratch *out = scratch_of(LKM_WALKER_CALL);
	struct io_open *open;
	__u32 slot, flags;
	struct file *file;
	__s64 fd = ctx->res;
	__u8 opcode;

	if (!request || !s || !out || is_ignored(s, task))
		return 0;
	opcode = BPF_CORE_READ(request, opcode);
	if (opcode != IORING_OP_OPENAT && opcode != IORING_OP_OPENAT2)
		return 0;
	open = (struct io_open *)((void *)request + bpf_core_field_offset(struct io_kiocb, cmd));
	/* The kernel adds this one by itself. */
	flags = (__u32)BPF_CORE_READ(open, how.flags) & ~O_LARGEFILE;

	if (fd < 0) {
		/* The kernel's copy of the name is gone by now, and user space may have reused its own.
		 */
		struct lkm_open_arguments arguments = {.directory = AT_FDCWD, .flags = flags};

		if (!s->failed_opens)
			return 0;
		look_at_failed(out, task, &arguments, fd);
		LKM_TELL(ctx);
		return 0;
	}
	if (s->opens != LKM_OPENS_AT_EXIT)
		return 0;
	slot = BPF_CORE_READ(open, file_slot);
	if (slot) {
		/* Not a descriptor of the process, but a place in the ring's own table. */
		file = fixed_file(ctx->ctx, slot == IORING_FILE_INDEX_ALLOC ? fd : slot - 1);
		fd = -1;
	} else {
		file = file_of(task, fd);
	}
	if (!file)
		LKM_COUNT(raced[LKM_RECORD_OPEN], 1);
	else if (look_at_opened(out, file, flags, fd))
		LKM_TELL(ctx);
	return 0;
}
