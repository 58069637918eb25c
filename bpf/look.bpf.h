/* SPDX-License-Identifier: MIT */
/*
 * Looking at the kernel's memory.
 *
 * Kernels that have bpf_rdonly_cast() (commit fd264ca02094 ("bpf: Add a kfunc to type cast from
 * bpf uapi ctx to kernel ctx") and a35b9af4ec2c ("bpf: Add a kfunc for generic type cast"), 6.2) let a
 * program say what a pointer points to, and then load as it would from its own memory.
 *
 * On older ones each look is a call, which costs more than what it copies: so one look takes the first
 * bytes of an object, and with them all members that are wanted. Where a kernel has a member further
 * behind (lock debugging makes locks large), that one gets a look of its own.
 *
 * The programs are compiled for both, and the loader takes those that fit: a function that is only
 * maybe there libbpf 1.1 looks for in the kernel's modules, too, for which it needs CAP_SYS_ADMIN.
 */
#ifndef LUNARIS_BPF_LOOK_BPF_H
#define LUNARIS_BPF_LOOK_BPF_H

#include "bpf/vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#ifdef LKM_LOOKS_ONLY
#define LKM_CAN_CAST 0
#define bpf_rdonly_cast(object, type) ((void *)(object))
#else
#define LKM_CAN_CAST 1
extern void *bpf_rdonly_cast(void *object, __u32 type) __ksym;
#endif

/* `head` is an array of words. */
#define LKM_LOOK(head, object)                                                                         \
	do {                                                                                           \
		if (!LKM_CAN_CAST)                                                                     \
			bpf_probe_read_kernel(head, sizeof(head), object);                             \
	} while (0)

/* After LKM_LOOK(). */
#define LKM_MEMBER(head, type, object, member)                                                         \
	({                                                                                             \
		const __u32 offset = bpf_core_field_offset(type, member);                              \
		typeof(((type *)0)->member) value;                                                     \
		if (LKM_CAN_CAST)                                                                      \
			value = ((type *)bpf_rdonly_cast((void *)(object),                             \
							 bpf_core_type_id_kernel(type)))               \
					->member;                                                      \
		else if (offset + sizeof(value) <= sizeof(head))                                       \
			value = *(typeof(value) *)((void *)(head) + offset);                           \
		else                                                                                   \
			bpf_core_read(&value, sizeof(value), &((type *)(object))->member);             \
		value;                                                                                 \
	})

/* A look for one member. */
#define LKM_READ(type, object, member)                                                                 \
	({                                                                                             \
		typeof(((type *)0)->member) value;                                                     \
		if (LKM_CAN_CAST)                                                                      \
			value = ((type *)bpf_rdonly_cast((void *)(object),                             \
							 bpf_core_type_id_kernel(type)))               \
					->member;                                                      \
		else                                                                                   \
			bpf_core_read(&value, sizeof(value), &((type *)(object))->member);             \
		value;                                                                                 \
	})

#endif
