/* SPDX-License-Identifier: MIT */
/*
 * TCP connections. One that is established by a packet is established while anybody may be running:
 * who asked for it is remembered when the socket starts to connect. Records are built on the stack,
 * because these programs run in soft interrupts, too.
 */
#include "bpf/record.bpf.h"
#include <bpf/bpf_endian.h>

#define TCP_ESTABLISHED 1
#define TCP_SYN_SENT 2
#define TCP_CLOSE 7
#define IPPROTO_TCP 6

/* Sockets that are connecting, and who asked for it. Old entries give way; a socket that closes is
 * taken out. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, struct lkm_record_header);
} connecting SEC(".maps");

struct lkm_network_record {
	struct lkm_record record;
	struct lkm_address address;
};

static __always_inline bool is_internet(const struct sock *sk)
{
	__u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);

	return (family == LKM_FAMILY_IPV4 || family == LKM_FAMILY_IPV6) &&
	       BPF_CORE_READ(sk, sk_protocol) == IPPROTO_TCP;
}

static __always_inline void emit_connection(struct lkm_network_record *out, const struct sock *sk,
					    const struct lkm_settings *s)
{
	struct lkm_address *address = &out->address;

	address->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	address->port = bpf_ntohs(BPF_CORE_READ(sk, __sk_common.skc_dport));
	if (address->family == LKM_FAMILY_IPV4)
		BPF_CORE_READ_INTO((__be32 *)address->bytes, sk, __sk_common.skc_daddr);
	else
		BPF_CORE_READ_INTO(&address->bytes, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr8);
	out->record.value = BPF_CORE_READ(sk, __sk_common.skc_num);
	out->record.name_length = sizeof(*address);
	send(&out->record, sizeof(*out), s);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(network_state, const struct sock *sk, int before, int after)
{
	const struct lkm_settings *s = current_settings();
	struct lkm_network_record out = {};
	struct lkm_record_header *caller;
	__u64 key = (__u64)sk;

	if (!s)
		return 0;
	if (after == TCP_SYN_SENT) {
		struct task_struct *task = bpf_get_current_task_btf();

		if (!is_internet(sk) || is_ignored(s, task))
			return 0;
		begin_record(&out.record, task, LKM_RECORD_CONNECT, bpf_ktime_get_boot_ns());
		bpf_map_update_elem(&connecting, &key, &out.record.header, BPF_ANY);
	} else if (before == TCP_SYN_SENT) {
		caller = bpf_map_lookup_elem(&connecting, &key);
		if (!caller)
			return 0;
		if (after == TCP_ESTABLISHED) {
			out.record.header = *caller;
			out.record.header.boot_ns = bpf_ktime_get_boot_ns();
			emit_connection(&out, sk, s);
		}
		bpf_map_delete_elem(&connecting, &key);
	}
	return 0;
}

static __always_inline int accepted(struct trace_event_raw_sys_exit *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	const struct lkm_settings *s = current_settings();
	struct lkm_network_record out = {};
	struct socket *socket;
	struct file *file;
	struct sock *sk;

	if (ctx->ret < 0 || !s || !s->connections || is_ignored(s, task))
		return 0;
	file = file_of(task, ctx->ret);
	if (!file) {
		LKM_COUNT(raced[LKM_RECORD_ACCEPT], 1);
		return 0;
	}
	/* accept(2) works on sockets only, so this descriptor is one, or was replaced in between: then
	 * what is read here is no TCP socket, or another one of the same process. */
	if ((BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
		return 0;
	socket = BPF_CORE_READ(file, private_data);
	sk = BPF_CORE_READ(socket, sk);
	if (!sk || !is_internet(sk))
		return 0;
	begin_record(&out.record, task, LKM_RECORD_ACCEPT, bpf_ktime_get_boot_ns());
	emit_connection(&out, sk, s);
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_accept")
int network_accept(struct trace_event_raw_sys_exit *ctx)
{
	return accepted(ctx);
}

SEC("tracepoint/syscalls/sys_exit_accept4")
int network_accept4(struct trace_event_raw_sys_exit *ctx)
{
	return accepted(ctx);
}
