// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_RULES_PATHTRIE_H
#define LUNARIS_DBUS_RULES_PATHTRIE_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris
{

/// Finds the longest of many path prefixes that matches a path, in one walk over the path: what that
/// costs depends on the path, not on how many prefixes there are. What matches is said at PathRule.
///
/// A radix tree that is built once. Bytes, no text. May be read by many threads.
class PathTrie
{
public:
    using Index = std::uint32_t;
    static constexpr Index none = UINT32_MAX;

    /// Of two equal prefixes the first counts. They may go away afterwards.
    explicit PathTrie(std::span<const std::string_view> prefixes);

    /// Its place among the prefixes, or `none`.
    Index find(std::string_view path, bool isDirectory) const;

private:
    /// Reached by the bytes of its label. The children of a node lie side by side, in the order of their
    /// first bytes.
    struct Node {
        std::uint32_t label = 0; // where it begins in m_labels
        std::uint32_t length = 0;
        Index children = 0;
        std::uint16_t childCount = 0; // at most one for each byte
        bool endsWithSlash = false;
        Index prefix = none; // the one that ends here
    };

    const Node *childOf(const Node &node, char first) const;

    std::vector<Node> m_nodes; // the root first
    std::string m_firstBytes;  // of each node's label, to be searched without touching the nodes
    std::string m_labels;
};

} // namespace lunaris

#endif
