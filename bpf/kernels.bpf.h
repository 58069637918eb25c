/* SPDX-License-Identifier: MIT */
/*
 * Where kernels differ: every case, the commit that made it, and one function that hides it. What only
 * moved in its structure is CO-RE's business and does not stand here.
 */
#ifndef LUNARIS_BPF_KERNELS_BPF_H
#define LUNARIS_BPF_KERNELS_BPF_H

#include "bpf/look.bpf.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* Until 6.12 a fixed file was a tagged pointer in a flat table ... */
struct io_fixed_file {
	unsigned long file_ptr;
};
struct io_file_table___flat {
	struct io_fixed_file *files;
};
struct io_ring_ctx___flat {
	struct io_file_table___flat file_table;
};

/* ... commit 3597f2786b68 ("io_uring/rsrc: unify file and buffer resource tables", 6.13) made it a node
 * of its own. */
struct io_rsrc_node {
	unsigned long file_ptr;
};
struct io_rsrc_data {
	unsigned int nr;
	struct io_rsrc_node **nodes;
};
struct io_file_table {
	struct io_rsrc_data data;
};
struct io_ring_ctx {
	struct io_file_table file_table;
};

/* Short names stand in the dentry itself. Commit 58cf9c383c5c ("dcache: back inline names with a
 * struct-wrapped array of unsigned long", 6.15) gave the place another name, and 5 words instead of 4.
 */
union shortname_store {
	unsigned long words[5];
};
struct dentry___words {
	union shortname_store d_shortname;
};
struct dentry___bytes {
	unsigned char d_iname[32];
};

#pragma clang attribute pop

/*
 * LKM_LOOP(times, step, context): calls step(number, context) until it returns LKM_END_LOOP, `times`
 * times at most. bpf_loop(), commit e6f2dd0f8067 ("bpf: Add bpf_loop helper", 5.17), has the verifier
 * walk a step once; before, it walks every turn of the loop, and loading takes tens of times as long.
 */
#define LKM_GO_ON 0
#define LKM_END_LOOP 1

enum bpf_func_id___loop { BPF_FUNC_loop___lkm = 181 };

#define LKM_LOOP(times, step, context)                                                                 \
	do {                                                                                           \
		if (LKM_CAN_CAST ||                                                                    \
		    bpf_core_enum_value_exists(enum bpf_func_id___loop, BPF_FUNC_loop___lkm)) {        \
			bpf_loop(times, step, context, 0);                                             \
		} else {                                                                               \
			for (__u32 number = 0; number < (times); number++)                             \
				if (step(number, context) == LKM_END_LOOP)                             \
					break;                                                         \
		}                                                                                      \
	} while (0)

#define LKM_INLINE_NAME_WORDS 5

/*
 * Copies the name of a dentry if it stands in it; else returns false. `head` are the dentry's first
 * bytes, where they had to be looked at.
 */
static __always_inline bool inline_name(__u64 *words, const __u64 *head, const __u32 head_size,
					struct dentry *dentry, const void *name)
{
	const __u32 place = bpf_core_field_exists(((struct dentry___words *)0)->d_shortname)
				    ? bpf_core_field_offset(struct dentry___words, d_shortname)
				    : bpf_core_field_offset(struct dentry___bytes, d_iname);

	if (name != (void *)dentry + place)
		return false;
	if (LKM_CAN_CAST)
		head = bpf_rdonly_cast(dentry, bpf_core_type_id_kernel(struct dentry));
	else if (place + LKM_INLINE_NAME_WORDS * sizeof(*words) > head_size)
		return false;
	head = (void *)head + place;
#pragma unroll
	for (int i = 0; i < LKM_INLINE_NAME_WORDS; i++)
		words[i] = head[i];
	return true;
}

/* The low bits of a fixed file's pointer are flags (FFS_MASK, FFS_NOWAIT and FFS_ISREG). */
#define LKM_FIXED_FILE_MASK (~7UL)

static __always_inline struct file *fixed_file(void *context, __u32 slot)
{
	struct io_ring_ctx___flat *flat = context;
	struct io_ring_ctx *ring = context;
	unsigned long file = 0;

	if (bpf_core_field_exists(ring->file_table.data)) {
		struct io_rsrc_node **nodes = BPF_CORE_READ(ring, file_table.data.nodes);
		struct io_rsrc_node *node = NULL;

		if (slot >= BPF_CORE_READ(ring, file_table.data.nr))
			return NULL;
		bpf_probe_read_kernel(&node, sizeof(node), &nodes[slot]);
		file = BPF_CORE_READ(node, file_ptr);
	} else if (bpf_core_field_exists(flat->file_table.files)) {
		/* The slot is one that the kernel has just filled: it is in the table. */
		struct io_fixed_file *files = BPF_CORE_READ(flat, file_table.files);

		bpf_probe_read_kernel(&file, sizeof(file), &files[slot]);
	}
	return (struct file *)(file & LKM_FIXED_FILE_MASK);
}

/* Which request a completion is of. Commit 502c87d65564 ("io-uring: Make tracepoints
 * consistent.", 5.18) made the tracepoint tell it; before, opens through io_uring cannot be seen here.
 */
static __always_inline struct io_kiocb *
completed_request(struct trace_event_raw_io_uring_complete *completion)
{
	if (!bpf_core_field_exists(completion->req))
		return NULL;
	return completion->req;
}

#endif
