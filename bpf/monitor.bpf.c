/* SPDX-License-Identifier: MIT */
/*
 * All programs, as one object with one set of maps. One translation unit, because the linker of
 * libbpf 1.1 cannot join objects that call functions of the kernel.
 */
#include "bpf/vmlinux.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#include "bpf/compat.bpf.c"
#include "bpf/network.bpf.c"
#include "bpf/open.bpf.c"
#include "bpf/process.bpf.c"
#include "bpf/tell.bpf.c"
#include "bpf/trampoline.bpf.c"
#include "bpf/uring.bpf.c"
#include "bpf/write.bpf.c"
