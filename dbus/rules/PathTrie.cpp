// SPDX-License-Identifier: MIT
#include "dbus/rules/PathTrie.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace lunaris
{

namespace
{

std::size_t commonLength(std::string_view left, std::string_view right)
{
    const auto end = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
    return static_cast<std::size_t>(end - left.begin());
}

} // namespace

PathTrie::PathTrie(std::span<const std::string_view> prefixes)
{
    if (prefixes.empty()) {
        return;
    }
    std::vector<Index> sorted(prefixes.size());
    std::iota(sorted.begin(), sorted.end(), Index{0});
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](Index left, Index right) { return prefixes[left] < prefixes[right]; });

    // Each node stands for a range of them that have their first `depth` bytes in common. Breadth first:
    // so children are neighbours, and no prefix is long enough for the stack.
    struct Range {
        std::size_t begin;
        std::size_t end;
        std::size_t depth;
    };
    std::vector<Range> ranges{{0, sorted.size(), 0}};
    m_nodes.emplace_back();
    m_firstBytes.push_back('\0'); // nobody searches for the root
    for (std::size_t index = 0; index < ranges.size(); ++index) {
        const Range range = ranges[index];
        const std::string_view first = prefixes[sorted[range.begin]];
        // What the first and the last share, all between them do.
        const std::size_t depth = commonLength(first, prefixes[sorted[range.end - 1]]);
        Node node;
        node.label = static_cast<std::uint32_t>(m_labels.size());
        node.length = static_cast<std::uint32_t>(depth - range.depth);
        m_labels += first.substr(range.depth, node.length);

        std::size_t begin = range.begin;
        if (first.size() == depth) {
            node.prefix = sorted[begin];
            node.endsWithSlash = first.ends_with('/');
            while (begin < range.end && prefixes[sorted[begin]].size() == depth) {
                ++begin; // equal ones
            }
        }
        node.children = static_cast<Index>(m_nodes.size());
        while (begin < range.end) {
            const char byte = prefixes[sorted[begin]][depth];
            std::size_t end = begin;
            while (end < range.end && prefixes[sorted[end]][depth] == byte) {
                ++end;
            }
            ranges.push_back({begin, end, depth});
            m_nodes.emplace_back();
            m_firstBytes += byte;
            ++node.childCount;
            begin = end;
        }
        m_nodes[index] = node;
    }
}

const PathTrie::Node *PathTrie::childOf(const Node &node, char first) const
{
    // Most nodes have a few children: there a call would cost more than the search.
    constexpr Index few = 8;
    const char *const begin = m_firstBytes.data() + node.children;
    Index child = 0;
    for (const Index stop = std::min<Index>(node.childCount, few); child < stop; ++child) {
        if (begin[child] == first) {
            return &m_nodes[node.children + child];
        }
    }
    if (child == node.childCount) {
        return nullptr;
    }
    const void *found = std::memchr(begin + child, first, node.childCount - child);
    return found ? &m_nodes[node.children + (static_cast<const char *>(found) - begin)] : nullptr;
}

PathTrie::Index PathTrie::find(std::string_view path, bool isDirectory) const
{
    Index longest = none;
    const char *at = path.data();
    const char *const end = at + path.size();
    const Node *node = m_nodes.empty() ? nullptr : m_nodes.data();
    while (node) {
        const char *label = m_labels.data() + node->label;
        const char *const labelEnd = label + node->length;
        while (label != labelEnd && at != end && *label == *at) {
            ++label;
            ++at;
        }
        if (label != labelEnd) {
            // The directory /x is matched by /x/.
            const bool lacksSlash = isDirectory && at == end && node->endsWithSlash && label + 1 == labelEnd;
            return lacksSlash ? node->prefix : longest;
        }
        if (node->prefix != none && (node->endsWithSlash || at == end || *at == '/')) {
            longest = node->prefix;
        }
        if (at == end) {
            const Node *slash = isDirectory ? childOf(*node, '/') : nullptr;
            return slash && slash->length == 1 && slash->prefix != none ? slash->prefix : longest;
        }
        node = childOf(*node, *at);
    }
    return longest;
}

} // namespace lunaris
