// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_RECENCYTABLE_H
#define LUNARIS_HELPER_NORMALIZER_RECENCYTABLE_H

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace lunaris
{

/// A hash table that knows which entry was used longest ago, for tables that must not grow. Every
/// operation takes constant time. Not thread-safe.
template<typename Key, typename Value>
class RecencyTable
{
public:
    /// Null when there is none. Finding is using. Valid until the entry is erased.
    Value *find(Key key)
    {
        const auto found = m_index.find(key);
        if (found == m_index.end()) {
            return nullptr;
        }
        if (found->second != m_entries.begin()) {
            m_entries.splice(m_entries.begin(), m_entries, found->second);
        }
        return &found->second->second;
    }

    /// There must be none of that key.
    Value &insert(Key key, Value value)
    {
        m_entries.emplace_front(key, std::move(value));
        m_index.emplace(key, m_entries.begin());
        return m_entries.front().second;
    }

    void erase(Key key)
    {
        const auto found = m_index.find(key);
        if (found != m_index.end()) {
            m_entries.erase(found->second);
            m_index.erase(found);
        }
    }

    /// The one used longest ago; there must be one.
    Key oldest() const { return m_entries.back().first; }

    std::size_t size() const { return m_entries.size(); }

private:
    using Entries = std::list<std::pair<Key, Value>>;

    Entries m_entries; // the one used last is the first
    std::unordered_map<Key, typename Entries::iterator> m_index;
};

} // namespace lunaris

#endif
