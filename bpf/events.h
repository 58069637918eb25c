/* SPDX-License-Identifier: MIT */
/*
 * The layout of every record that travels from the kernel to the helper, and of the maps that both
 * sides look into. Shared by bpf/ (C) and helper/source, helper/normalizer (C++): it
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
typedef __s64 lkm_s64;
typedef __u32 lkm_u32;
typedef __u16 lkm_u16;
#else
#include <cstddef>
#include <cstdint>
#define LKM_STATIC_ASSERT(condition) static_assert(condition, #condition)
typedef uint64_t lkm_u64;
typedef int64_t lkm_s64;
typedef uint32_t lkm_u32;
typedef uint16_t lkm_u16;
#endif

#define LKM_RECORD_VERSION 3u

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
	/* A process has begun to write a file; the source keeps it until it knows how much. */
	LKM_RECORD_WRITING = 9,
	LKM_RECORD_WRITTEN = 10,
	LKM_RECORD_TYPES = 16, /* room for all: a power of two */
};

/* The low bits are the "attributes" of the D-Bus event; those from bit 16 on never leave the helper. */
enum lkm_attribute {
	LKM_ATTRIBUTE_TRUNCATED = 1u << 0,
	LKM_ATTRIBUTE_DELETED = 1u << 1,
	LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE = 1u << 2,
	LKM_ATTRIBUTE_NAME_UNREADABLE = 1u << 3,
	LKM_ATTRIBUTE_CREATED = 1u << 4,
	LKM_ATTRIBUTE_WRITABLE = 1u << 16, /* FMODE_WRITE or O_TRUNC */
	/* The prefilter has looked for an earlier open of the same path, and remembers this one. */
	LKM_ATTRIBUTE_COMPARED = 1u << 17,
	/* What the prefilter would have dropped, were it not in shadow mode. */
	LKM_ATTRIBUTE_SHADOW_FILTERED = 1u << 18,
	LKM_ATTRIBUTE_SHADOW_DUPLICATE = 1u << 19,
};
#define LKM_ATTRIBUTES_PUBLIC 0xffffu

struct lkm_record_header {
	lkm_u16 version; /* LKM_RECORD_VERSION */
	lkm_u16 type;    /* enum lkm_record_type */
	lkm_u16 size;    /* of the whole record, texts included */
	lkm_u16 cpu;
	lkm_u64 sequence; /* of that CPU's records; a gap is a record that found no room */
	lkm_u64 boot_ns;
	lkm_u64 start_ns; /* when the process started: tells it from an earlier one with its number */
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
 *               path                      name                  value
 *   OPEN        of the opened file        none                  the descriptor, -1 if not known
 *   OPEN_FAILED directory                 as it was asked for   -errno
 *   EXEC        of the executable         none                  0
 *   EXIT        none                      none                  exit code, or -signal
 *   FORK        none; tgid is the child   none                  the parent's start_ns
 *   RUNNING     of the executable         none                  0
 *   CONNECT     none                      struct lkm_address    the local port
 *   ACCEPT      none                      struct lkm_address    the local port
 *   WRITING     of the file               struct lkm_writing    0
 *   WRITTEN     of the file               none                  bytes
 */
struct lkm_record {
	struct lkm_record_header header;
	lkm_u32 flags;      /* of open(2), as the caller passed them */
	lkm_u32 mode;       /* st_mode */
	lkm_u32 owner;      /* uid that owns the file, initial user namespace */
	lkm_u32 attributes; /* enum lkm_attribute */
	lkm_s64 value;
	lkm_u32 path_length; /* bytes that follow this struct; absolute path, no NUL */
	lkm_u32 name_length; /* bytes that follow the path */
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

/* Whose writes to which file are summed. */
struct lkm_write_key {
	lkm_u64 inode;
	lkm_u32 device;
	lkm_u32 generation; /* tells a file from an earlier one with its inode number */
	lkm_u32 tgid;
	lkm_u32 program; /* self_exec_id: what it runs next has sums of its own */
};

enum lkm_write_state {
	LKM_WRITE_UNTOLD = 0, /* no WRITING record is in the ring yet */
	LKM_WRITE_TOLD = 1,
	LKM_WRITE_FILTERED = 2, /* a path rule leaves the file out */
};

struct lkm_write_sum {
	lkm_u64 bytes;
	lkm_u64 state; /* enum lkm_write_state */
};

/* The sums of an interval are in one of two maps. */
struct lkm_writing {
	struct lkm_write_key key;
	lkm_u32 interval; /* 0 or 1: which map */
	lkm_u32 reserved;
};

/* What became of activity in the kernel without a record; one for each CPU. */
struct lkm_counters {
	lkm_u64 sequence;                /* of the next record */
	lkm_u64 lost[LKM_RECORD_TYPES];  /* no room in the ring buffer */
	lkm_u64 raced[LKM_RECORD_TYPES]; /* the descriptor was gone before the system call had returned
					  */
	lkm_u64 filtered[LKM_RECORD_TYPES]; /* a path rule leaves it out */
	lkm_u64 duplicates;                 /* opens */
	lkm_u64 lost_bytes;                 /* written by whom could not be told */
};

/*
 * A path rule as the kernel has it: the key of an LPM trie. A rule "/x/" is the prefix "/x/"; a rule
 * "/x" is two, "/x/" and "/x" with its NUL. What is looked up ends with a NUL, or a slash if it is a
 * directory.
 */
#define LKM_RULE_BYTES 256u

struct lkm_rule_key {
	lkm_u32 bits; /* of the prefix */
	unsigned char path[LKM_RULE_BYTES];
};

enum lkm_rule_action {
	LKM_RULE_KEEP = 0,
	LKM_RULE_EXCLUDE = 1,
};

struct lkm_rule {
	lkm_u32 action; /* enum lkm_rule_action */
	lkm_u32 number; /* whose hit it is: an index into the hits */
};

/* Who tells of opens that succeeded. */
enum lkm_opens {
	LKM_OPENS_NOBODY = 0,
	LKM_OPENS_AT_EXIT = 1, /* the ends of the system calls */
	LKM_OPENS_BY_TRAMPOLINE = 2,
};

/* Run-time settings, one element: mapped into the helper, read by the programs at every event. */
struct lkm_settings {
	lkm_u32 ignored_tgids[2];     /* the helper and its Event Bus peer; 0 = none */
	lkm_u32 host_mount_namespace; /* inode number of the namespace that is not foreign */
	/* What is wanted. A program that is attached asks, because it takes the kernel long to detach
	 * it. */
	lkm_u32 opens; /* enum lkm_opens */
	lkm_u32 failed_opens;
	lkm_u32 writes;
	lkm_u32 connections;

	lkm_u32 polling;         /* the helper looks at the ring by itself, and need not be woken */
	lkm_u32 wake_up_bytes;   /* while it polls: waiting bytes at which it is woken nevertheless */
	lkm_u32 write_interval;  /* 0 or 1: the map that writes are summed in */
	lkm_u32 rules;           /* 0 or 1: the trie that is in force */
	lkm_u32 shadow;          /* the prefilter marks what it would drop, and drops nothing */
	lkm_u64 dedup_window_ns; /* 0: nothing is a duplicate */
	lkm_u64 dedup_seed;
	lkm_u32 told_mask; /* sets of opens that were told, less one */
	lkm_u32 reserved;
};

LKM_STATIC_ASSERT(sizeof(struct lkm_record_header) == 72);
LKM_STATIC_ASSERT(sizeof(struct lkm_record) == 104);
LKM_STATIC_ASSERT(sizeof(struct lkm_address) == 24);
LKM_STATIC_ASSERT(sizeof(struct lkm_write_key) == 24);
LKM_STATIC_ASSERT(sizeof(struct lkm_writing) == 32);
LKM_STATIC_ASSERT(sizeof(struct lkm_rule_key) == 260);
LKM_STATIC_ASSERT(sizeof(struct lkm_settings) == 72);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record_header, sequence) == 8);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record_header, tgid) == 40);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record_header, comm) == 56);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record, flags) == 72);
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record, value) == 88);
/* The key of a rule is looked up in place: its bits take the room of the last word before the path. */
LKM_STATIC_ASSERT(__builtin_offsetof(struct lkm_record, name_length) + 4 == sizeof(struct lkm_record));

#endif
