/* SPDX-License-Identifier: MIT */
/*
 * What need not leave the kernel: files that a path rule leaves out, and opens that repeat one told a
 * moment ago. Decides as the normalizer would (helper/normalizer: PathRules, Deduplicator), or
 * keeps and leaves it to that. A path that is marked truncated is nobody's rule and never a duplicate.
 */
#ifndef LUNARIS_BPF_PREFILTER_BPF_H
#define LUNARIS_BPF_PREFILTER_BPF_H

#include "bpf/record.bpf.h"

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
} rules SEC(".maps");

/*
 * By number. No array: since 6.10 a look into a per-CPU array is checked against the size of this
 * pattern (percpu_array_map_gen_lookup()), and not of the map that takes its place.
 */
struct rule_hits {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
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
} hits SEC(".maps");

/*
 * Opens that were told, and when: a read repeats both, a write only a write. A table of our own,
 * because the kernel's LRU map took 400 ns to remember an open. The hash of process and path says in
 * which set an open belongs; of the ways there the one told longest ago gives way, and then more is
 * told than need be.
 */
#define LKM_TOLD_WAYS 4

struct lkm_told {
	__u64 key; /* 0: none */
	__u64 read_ns;
	__u64 write_ns;
};

struct lkm_told_set {
	struct lkm_told ways[LKM_TOLD_WAYS];
	__u64 taken; /* whoever looks at the ways has them for itself */
};

/*
 * How often to try to have a set, which takes 2 µs. Whoever has it needs some 20 ns, and ten times as
 * long while others ask for it, for its memory goes to and fro between the processors; only who is
 * interrupted, or whose processor is held up, needs more.
 */
#define LKM_TOLD_TRIES 2000

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4096); /* the loader sets what is configured, a power of two */
	__type(key, __u32);
	__type(value, struct lkm_told_set);
} told SEC(".maps");

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
	if ((out->subject.mode & S_IFMT) == S_IFDIR)
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

#define ROTATE(word, bits) ((word) << (bits) | (word) >> (64 - (bits)))

/* One round of SipHash (https://www.aumasson.jp/siphash/siphash.pdf). */
static __always_inline void mix(__u64 v[4])
{
	v[0] += v[1];
	v[1] = ROTATE(v[1], 13) ^ v[0];
	v[0] = ROTATE(v[0], 32);
	v[2] += v[3];
	v[3] = ROTATE(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = ROTATE(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = ROTATE(v[1], 17) ^ v[2];
	v[2] = ROTATE(v[2], 32);
}

static __always_inline void mix_word(__u64 v[4], __u64 word)
{
	v[3] ^= word;
	mix(v);
	v[0] ^= word;
}

/* Few steps, for each is a call; and few words in each, for the verifier walks through all of them. */
#define LKM_HASH_WORDS 16

struct lkm_hashing {
	__u64 v[4];
	const char *text;
	__u32 length;
};

static long hash_words(__u32 step, struct lkm_hashing *hashing)
{
	__u64 v[4] = {hashing->v[0], hashing->v[1], hashing->v[2], hashing->v[3]};
	const char *text = hashing->text;
	__u32 length = hashing->length, at = 0;

	for (int i = 0; i < LKM_HASH_WORDS; i++) {
		at = (step * LKM_HASH_WORDS + i) * 8;
		if (at >= length)
			break;
		barrier_var(at); /* or the compiler knows, and does not tell the verifier */
		mix_word(v, *(__u64 *)&text[at & (LKM_PATH_MAX - 1)]);
	}
	hashing->v[0] = v[0];
	hashing->v[1] = v[1];
	hashing->v[2] = v[2];
	hashing->v[3] = v[3];
	return at + 8 >= length ? LKM_END_LOOP : LKM_GO_ON;
}

/*
 * SipHash-1-3 of the path that stands in `out`, with its length and the process as the last word. The
 * seed is secret and the machine's own: nobody finds opens that meet in one hash, of which one would
 * hide the other, of another process even. A multiplication for each word is not enough for that:
 * whatever the seed, a difference in the highest bit stays there.
 */
static __always_inline __u64 hash_open(struct lkm_scratch *out, __u32 tgid, __u64 seed)
{
	__u32 length = out->subject.path_length & (2 * LKM_PATH_MAX - 1);
	__u64 more = seed * 0x9e3779b97f4a7c15ULL;
	struct lkm_hashing hashing = {
		.v =
			{
				seed ^ 0x736f6d6570736575ULL,
				more ^ 0x646f72616e646f6dULL,
				seed ^ 0x6c7967656e657261ULL,
				more ^ 0x7465646279746573ULL,
			},
		.text = out->text,
		.length = length,
	};
	__u64 *v = hashing.v;

	*(__u64 *)&out->text[length] = 0; /* whole words are hashed */
	LKM_LOOP(LKM_PATH_MAX / 8 / LKM_HASH_WORDS, hash_words, &hashing);
	mix_word(v, (__u64)tgid << 32 | length);
	v[2] ^= 0xff;
	mix(v);
	mix(v);
	mix(v);
	return (v[0] ^ v[1] ^ v[2] ^ v[3]) ?: 1;
}

static __always_inline bool is_recent(__u64 then, __u64 now, __u64 window)
{
	/* Two CPUs may have their times in another order than their turn. */
	return then && (now > then ? now - then : then - now) < window;
}

static __always_inline __u64 last_told(const struct lkm_told *entry)
{
	return entry->read_ns > entry->write_ns ? entry->read_ns : entry->write_ns;
}

static __always_inline bool try_set(struct lkm_told_set *set)
{
	return !*(volatile __u64 *)&set->taken && !__sync_lock_test_and_set(&set->taken, 1);
}

struct lkm_waiting {
	struct lkm_told_set *set;
	bool taken;
};

static long await_set(__u32 step, struct lkm_waiting *waiting)
{
	waiting->taken = try_set(waiting->set);
	return waiting->taken ? LKM_END_LOOP : LKM_GO_ON;
}

/* False if somebody is held up with it. */
static __always_inline bool take_set(struct lkm_told_set *set)
{
	struct lkm_waiting waiting = {.set = set};

	if (try_set(set))
		return true;
	LKM_LOOP(LKM_TOLD_TRIES, await_set, &waiting);
	return waiting.taken;
}

/* In a set that is taken. NULL if the open repeats one that was told. */
static __always_inline struct lkm_told *remember_in(struct lkm_told_set *set, __u64 key, bool writable,
						    __u64 now, __u64 window)
{
	struct lkm_told *entry = NULL, *oldest = &set->ways[0];
	__u64 *slot;

#pragma unroll
	for (int way = 0; way < LKM_TOLD_WAYS; way++) {
		struct lkm_told *candidate = &set->ways[way];

		if (*(volatile __u64 *)&candidate->key == key)
			entry = candidate;
		if (last_told(candidate) < last_told(oldest))
			oldest = candidate;
	}
	if (!entry) {
		entry = oldest;
		entry->key = key;
		entry->read_ns = 0;
		entry->write_ns = 0;
	}
	slot = writable ? &entry->write_ns : &entry->read_ns;
	if (is_recent(entry->write_ns, now, window) || is_recent(*slot, now, window))
		return NULL;
	*slot = now;
	return entry;
}

/*
 * Whether the open whose hash is `key` repeats one that was told. If not it counts as told now, and
 * `*place` is where that is remembered: of threads that open the same path at the same moment one
 * tells. Where somebody is held up with the set nothing is compared or remembered, and the helper
 * decides.
 */
static __always_inline bool is_duplicate(struct lkm_scratch *out, __u64 key, __u64 now,
					 const struct lkm_settings *s, struct lkm_told **place)
{
	bool writable = out->subject.attributes & LKM_ATTRIBUTE_WRITABLE;
	__u32 number = key & s->told_mask;
	struct lkm_told_set *set = bpf_map_lookup_elem(&told, &number);

	if (!set || !take_set(set))
		return false;
	*place = remember_in(set, key, writable, now, s->dedup_window_ns);
	__sync_lock_test_and_set(&set->taken, 0);
	out->subject.attributes |= LKM_ATTRIBUTE_COMPARED;
	return !*place;
}

/* What nobody heard of does not keep the next one from being told. */
static __always_inline void forget_told(struct lkm_told *entry, __u64 key)
{
	__sync_val_compare_and_swap(&entry->key, key, 0);
}

#endif
