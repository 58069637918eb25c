/* SPDX-License-Identifier: MIT */
/*
 * What need not leave the kernel: files that a path rule leaves out, and opens that repeat one told a
 * moment ago. Decides as the normalizer would (helper/normalizer: PathRules, Deduplicator), or
 * keeps and leaves it to that. A path that is marked truncated is nobody's rule and never a duplicate.
 */
#ifndef LUNARIS_BPF_PREFILTER_BPF_H
#define LUNARIS_BPF_PREFILTER_BPF_H

#include "bpf/record.bpf.h"

#define S_IFMT 0170000
#define S_IFDIR 0040000

struct rule_trie {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1); /* the loader makes one as large as its rules are many */
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(key_size, sizeof(struct lkm_rule_key));
	__uint(value_size, sizeof(struct lkm_rule));
};

/* Two, of which settings.rules says the one in force: a set of rules comes whole, or not at all. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct rule_trie);
} rules __weak SEC(".maps");

struct rule_hits {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1); /* as many as there are rules */
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u64));
};

/* How often each of these rules has left something out, for each CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct rule_hits);
} hits __weak SEC(".maps");

/* Opens that were told: whose, and a hash of the path. */
struct lkm_opened {
	__u64 path;
	__u64 tgid;
};

/* When; a read repeats both, a write only a write. 0: never. */
struct lkm_told {
	__u64 read_ns;
	__u64 write_ns;
};

/* The one told longest ago gives way, more or less: then more is kept than need be. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384); /* the loader sets what is configured */
	__type(key, struct lkm_opened);
	__type(value, struct lkm_told);
} opened __weak SEC(".maps");

/* Whether a rule leaves out the file whose path stands in `out`. */
static __always_inline bool is_excluded(struct lkm_scratch *out, const struct lkm_settings *s)
{
	__u32 which = *(volatile __u32 *)&s->rules & 1;
	__u32 length = out->subject.path_length & (2 * LKM_PATH_MAX - 1);
	struct lkm_rule *rule;
	void *trie, *counts;
	__u64 *count;

	if (out->subject.attributes & LKM_ATTRIBUTE_TRUNCATED)
		return false;
	trie = bpf_map_lookup_elem(&rules, &which);
	if (!trie)
		return false;
	*(__u64 *)&out->text[length] = 0;
	if ((out->subject.mode & S_IFMT) == S_IFDIR && length > 1)
		out->text[length] = '/';
	out->rule_key.bits = (length < LKM_RULE_BYTES ? length + 1 : LKM_RULE_BYTES) * 8;
	rule = bpf_map_lookup_elem(trie, &out->rule_key);
	if (!rule || rule->action != LKM_RULE_EXCLUDE)
		return false;
	if (s->shadow)
		return true;
	counts = bpf_map_lookup_elem(&hits, &which);
	if (!counts)
		return true;
	count = bpf_map_lookup_elem(counts, &rule->number);
	if (count)
		__sync_fetch_and_add(count, 1);
	return true;
}

/* The seed is secret and the machine's own: nobody finds paths that meet in one hash. */
static __always_inline __u64 hash_path(struct lkm_scratch *out, __u64 seed)
{
	__u32 length = out->subject.path_length & (2 * LKM_PATH_MAX - 1);
	__u64 hash = seed ^ length;
	__u32 i;

	*(__u64 *)&out->text[length] = 0; /* whole words are hashed */
	for (i = 0; i < LKM_PATH_MAX / 8; i++) {
		if (i * 8 >= length)
			break;
		hash = (hash ^ *(__u64 *)&out->text[i * 8]) * 0x9e3779b97f4a7c15ULL;
		hash ^= hash >> 29;
	}
	return (hash ^ seed) * 0xbf58476d1ce4e5b9ULL;
}

static __always_inline bool is_recent(__u64 then, __u64 now, __u64 window)
{
	/* Two CPUs may have their times in another order than their turn. */
	return then && (now > then ? now - then : then - now) < window;
}

/*
 * Whether this open repeats one that was told. If not it is remembered as told, by exactly one of those
 * that come at the same moment.
 */
static __always_inline bool is_duplicate(struct lkm_opened *key, bool writable, __u64 now,
					 const struct lkm_settings *s)
{
	struct lkm_told fresh = {};
	struct lkm_told *told;
	__u64 *slot, last;

	told = bpf_map_lookup_elem(&opened, key);
	if (!told) {
		if (writable)
			fresh.write_ns = now;
		else
			fresh.read_ns = now;
		if (!bpf_map_update_elem(&opened, key, &fresh, BPF_NOEXIST))
			return false;
		told = bpf_map_lookup_elem(&opened, key);
		if (!told)
			return false;
	}
	if (is_recent(told->write_ns, now, s->dedup_window_ns))
		return true;
	slot = writable ? &told->write_ns : &told->read_ns;
	last = *(volatile __u64 *)slot;
	if (is_recent(last, now, s->dedup_window_ns))
		return true;
	return __sync_val_compare_and_swap(slot, last, now) != last;
}

#endif
