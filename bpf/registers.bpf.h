/* SPDX-License-Identifier: MIT */
/*
 * Which system call a task is in, and the arguments of those that open: from the registers that user
 * space had, which the kernel keeps until the call is over (bpf_task_pt_regs(), 5.15).
 */
#ifndef LUNARIS_BPF_REGISTERS_BPF_H
#define LUNARIS_BPF_REGISTERS_BPF_H

#include "bpf/open.bpf.h"
#include <asm/unistd.h>

static __always_inline struct pt_regs *current_registers(void)
{
	return (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
}

static __always_inline struct lkm_open_arguments open_arguments(struct pt_regs *registers)
{
	struct lkm_open_arguments arguments = {
		.name = (const char *)PT_REGS_PARM1_SYSCALL(registers),
		.directory = AT_FDCWD,
		.flags = PT_REGS_PARM2_SYSCALL(registers),
	};

	return arguments;
}

static __always_inline struct lkm_open_arguments openat_arguments(struct pt_regs *registers)
{
	struct lkm_open_arguments arguments = {
		.name = (const char *)PT_REGS_PARM2_SYSCALL(registers),
		.directory = PT_REGS_PARM1_SYSCALL(registers),
		.flags = PT_REGS_PARM3_SYSCALL(registers),
	};

	return arguments;
}

/* struct open_how starts with its flags. It was readable a moment ago; if it no longer is, the flags
 * are unknown, the open is still reported. */
static __always_inline __u32 flags_of_how(const void *how)
{
	__u32 flags = 0;

	bpf_probe_read_user(&flags, sizeof(flags), how);
	return flags;
}

static __always_inline struct lkm_open_arguments openat2_arguments(struct pt_regs *registers)
{
	struct lkm_open_arguments arguments = {
		.name = (const char *)PT_REGS_PARM2_SYSCALL(registers),
		.directory = PT_REGS_PARM1_SYSCALL(registers),
		.flags = flags_of_how((const void *)PT_REGS_PARM3_SYSCALL(registers)),
	};

	return arguments;
}

static __always_inline struct lkm_open_arguments creat_arguments(struct pt_regs *registers)
{
	struct lkm_open_arguments arguments = {
		.name = (const char *)PT_REGS_PARM1_SYSCALL(registers),
		.directory = AT_FDCWD,
		.flags = O_CREAT | O_WRONLY | O_TRUNC,
	};

	return arguments;
}

/* open_by_handle_at(mount_fd, handle, flags): what file servers in user space open by. It has no name.
 */
static __always_inline struct lkm_open_arguments by_handle_arguments(struct pt_regs *registers)
{
	struct lkm_open_arguments arguments = {
		.directory = AT_FDCWD,
		.flags = PT_REGS_PARM3_SYSCALL(registers),
	};

	return arguments;
}

#if defined(__TARGET_ARCH_x86)

#define TS_COMPAT 0x2u
#define X32_SYSCALL_BIT 0x40000000u

/* The call was made in the way of 32-bit programs: by other numbers, in other registers. */
static __always_inline bool is_compat(struct task_struct *task)
{
	return task->thread_info.status & TS_COMPAT;
}

static __always_inline __u32 call_number(struct pt_regs *registers)
{
	return registers->orig_ax & ~X32_SYSCALL_BIT;
}

/* arch/x86/entry/syscalls/syscall_32.tbl */
enum {
	COMPAT_OPEN = 5,
	COMPAT_CREAT = 8,
	COMPAT_EXECVE = 11,
	COMPAT_ACCT = 51,
	COMPAT_USELIB = 86,
	COMPAT_SWAPON = 87,
	COMPAT_OPENAT = 295,
	COMPAT_OPEN_BY_HANDLE_AT = 342,
	COMPAT_EXECVEAT = 358,
	COMPAT_OPENAT2 = 437,
};

static __always_inline bool compat_opens_on_the_way(__u32 number)
{
	return number == COMPAT_EXECVE || number == COMPAT_EXECVEAT || number == COMPAT_ACCT ||
	       number == COMPAT_USELIB || number == COMPAT_SWAPON;
}

/* False if this call is none that opens. */
static __always_inline bool compat_open_arguments(struct pt_regs *registers,
						  struct lkm_open_arguments *arguments)
{
	/* Registers are 32 bits wide there; above them may be anything. */
	__u32 first = registers->bx, second = registers->cx, third = registers->dx;

	arguments->directory = AT_FDCWD;
	switch (call_number(registers)) {
	case COMPAT_OPEN:
		arguments->name = (const char *)(unsigned long)first;
		arguments->flags = second;
		return true;
	case COMPAT_CREAT:
		arguments->name = (const char *)(unsigned long)first;
		arguments->flags = O_CREAT | O_WRONLY | O_TRUNC;
		return true;
	case COMPAT_OPENAT:
		arguments->directory = first;
		arguments->name = (const char *)(unsigned long)second;
		arguments->flags = third;
		return true;
	case COMPAT_OPENAT2:
		arguments->directory = first;
		arguments->name = (const char *)(unsigned long)second;
		arguments->flags = flags_of_how((const void *)(unsigned long)third);
		return true;
	case COMPAT_OPEN_BY_HANDLE_AT:
		arguments->name = NULL;
		arguments->flags = third;
		return true;
	}
	return false;
}

#else

/* 32-bit callers are not told apart here. */
static __always_inline bool is_compat(struct task_struct *task)
{
	return false;
}

static __always_inline __u32 call_number(struct pt_regs *registers)
{
	return registers->syscallno;
}

static __always_inline bool compat_opens_on_the_way(__u32 number)
{
	return false;
}

static __always_inline bool compat_open_arguments(struct pt_regs *registers,
						  struct lkm_open_arguments *arguments)
{
	return false;
}

#endif

/* Of the call that a task is in; false if it is none that opens. */
static __always_inline bool native_open_arguments(struct pt_regs *registers,
						  struct lkm_open_arguments *arguments)
{
	switch (call_number(registers)) {
#ifdef __NR_open
	case __NR_open:
		*arguments = open_arguments(registers);
		return true;
	case __NR_creat:
		*arguments = creat_arguments(registers);
		return true;
#endif
	case __NR_openat:
		*arguments = openat_arguments(registers);
		return true;
	case __NR_openat2:
		*arguments = openat2_arguments(registers);
		return true;
	case __NR_open_by_handle_at:
		*arguments = by_handle_arguments(registers);
		return true;
	}
	return false;
}

/* A call that has the kernel open a file which user space has named, for itself. */
static __always_inline bool opens_on_the_way(__u32 number, bool compat)
{
	if (compat)
		return compat_opens_on_the_way(number);
	switch (number) {
	case __NR_execve:
	case __NR_execveat:
	case __NR_acct:
	case __NR_swapon:
#ifdef __NR_uselib
	case __NR_uselib:
#endif
		return true;
	}
	return false;
}

#endif
