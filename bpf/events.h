/* SPDX-License-Identifier: MIT */
/*
 * The layout of every record that travels from the kernel to the helper, and of the two small maps
 * that travel the other way. Shared by bpf/ (C) and helper/source, helper/normalizer (C++): it
 * includes nothing but fixed-width types, and its sizes and offsets are asserted here for both.
 *
 * All numbers are in the byte order of the machine. Times are nanoseconds of CLOCK_BOOTTIME.
 */
#ifndef LUNARIS_BPF_EVENTS_H
#define LUNARIS_BPF_EVENTS_H

#ifdef __bpf__
#include <linux/types.h>
#define LKM_STATIC_ASSERT(condition) _Static_assert(condition, #condition)
typedef __u64 lkm_u64;
typedef __u32 lkm_u32;
typedef __s32 lkm_s32;
typedef __u16 lkm_u16;
#else
#include <cstddef>
#include <cstdint>
#define LKM_STATIC_ASSERT(condition) static_assert(condition, #condition)
typedef uint64_t lkm_u64;
typedef uint32_t lkm_u32;
typedef int32_t lkm_s32;
typedef uint16_t lkm_u16;
#endif

#define LKM_RECORD_VERSION 2u

/* A path longer than this keeps its end and carries LKM_ATTRIBUTE_TRUNCATED. Bytes, no NUL. */
#define LKM_PATH_MAX 4096u

/* TASK_COMM_LEN of the kernel: at most 15 bytes and a NUL. */
#define LKM_COMM_SIZE 16u

enum lkm_record_type {
	LKM_RECORD_OPEN = 1,
	LKM_RECORD_OPEN_FAILED = 2,
	LKM_RECORD_EXEC = 3,
	LKM_RECORD_EXIT = 4,
	/* No events of their own: they tell which program a process runs. */
	LKM_RECORD_FORK = 5,
	LKM_RECORD_RUNNING = 6, /* a process that was there before us */
	LKM_RECORD_CONNECT = 7,
	LKM_RECORD_ACCEPT = 8,
};

/* The low bits are the "attributes" of the D-Bus event; those from bit 16 on never leave the helper. */
enum lkm_attribute {
	LKM_ATTRIBUTE_TRUNCATED = 1u << 0,
	LKM_ATTRIBUTE_DELETED = 1u << 1,
	LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE = 1u << 2,
	LKM_ATTRIBUTE_NAME_UNREADABLE = 1u << 3,
	LKM_ATTRIBUTE_CREATED = 1u << 4,
	LKM_ATTRIBUTE_WRITABLE = 1u << 16, /* FMODE_WRITE or O_TRUNC */
};
#define LKM_ATTRIBUTES_PUBLIC 0xffffu

struct lkm_record_header {
	lkm_u16 version; /* LKM_RECORD_VERSION */
	lkm_u16 type;    /* enum lkm_record_type */
	lkm_u32 size;    /* of the whole record, path included */
	lkm_u64 boot_ns;
	lkm_u64 cgroup;
	lkm_u32 tgid;
	lkm_u32 ppid;
	lkm_u32 uid;   /* real uid, initial user namespace */
	lkm_u32 fsuid; /* differs from uid in a set-uid program */
	char comm[LKM_COMM_SIZE];
};

/*
 * One layout for all types, as the D-Bus event has one: what a type has no use for is 0.
 *
 *               path                      value
 *   OPEN        of the opened file        the descriptor
 *   OPEN_FAILED directory, then the name  -errno
 *   EXEC        of the executable         0
 *   EXIT        none                      exit code, or -signal
 *   FORK        none; tgid is the child   0
 *   RUNNING     of the executable         0
 *   CONNECT     none; struct lkm_address  the local port
 *   ACCEPT      none; struct lkm_address  the local port
 */
struct lkm_record {
	struct lkm_record_header header;
	lkm_u32 flags; /* of open(2), as the caller passed them */
	lkm_u32 mode;  /* st_mode */
	lkm_u32 owner; /* uid that owns the file, initial user namespace */
	lkm_s32 value;
	lkm_u32 attributes;  /* enum lkm_attribute */
	lkm_u32 path_length; /* bytes that follow this struct; absolute path, no NUL */
	lkm_u32 name_length; /* bytes that follow the path: a name as the caller asked for it, or an
				address */
	lkm_u32 reserved;
};

#define LKM_FAMILY_IPV4 2u
#define LKM_FAMILY_IPV6 10u

/* The other end of a TCP connection. */
struct lkm_address {
	lkm_u16 family; /* LKM_FAMILY_… */
	lkm_u16 port;   /* in the byte order of the machine */
	lkm_u32 reserved;
	unsigned char bytes[16]; /* in network byte order; IPv4 uses the first 4 */
};

/* What went wrong in the kernel; each is an index into a per-CPU array of 64-bit counters. */
enum lkm_counter {
	LKM_COUNTER_LOST = 0,  /* no room in the ring buffer */
	LKM_COUNTER_RACED = 1, /* the descriptor was gone before the system call had returned */
	LKM_COUNTERS = 2,
};

/* Bytes of the ring buffer; a power of two and whole pages. */
#define LKM_RING_SIZE (8u * 1024u * 1024u)

/* Run-time settings, one element: mapped into the helper, read by the programs at every event. */
struct lkm_settings {
	lkm_u32 ignored_tgids[2];     /* the helper and its Event Bus peer; 0 = none */
	lkm_u32 host_mount_namespace; /* inode number of the namespace that is not foreign */
	lkm_u32 failed_opens;         /* whether somebody wants them */
	lkm_u32 polling; /* the helper looks at the ring by itself, and need not be woken */
	lkm_u32 reserved;
};

LKM_STATIC_ASSERT(sizeof(struct lkm_record_header) == 56);
LKM_STATIC_ASSERT(sizeof(struct lkm_record) == 88);
LKM_STATIC_ASSERT(sizeof(struct lkm_address) == 24);
LKM_STATIC_ASSERT(sizeof(struct lkm_settings) == 24);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record_header, boot_ns) == 8);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record_header, tgid) == 24);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record_header, comm) == 40);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record, flags) == 56);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record, path_length) == 76);

#endif
