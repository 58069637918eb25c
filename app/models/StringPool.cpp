// SPDX-License-Identifier: MIT
#include "app/models/StringPool.h"

namespace lunaris
{

StringPool::Handle StringPool::acquire(const QString &text)
{
    const auto known = m_handles.constFind(text);
    if (known != m_handles.constEnd()) {
        ++m_entries[*known].users;
        return *known;
    }
    Handle handle = 0;
    if (m_free.empty()) {
        handle = static_cast<Handle>(m_entries.size());
        m_entries.emplace_back();
    } else {
        handle = m_free.back();
        m_free.pop_back();
    }
    m_entries[handle] = {text, 1};
    m_handles.insert(text, handle);
    return handle;
}

void StringPool::release(Handle handle)
{
    Entry &entry = m_entries[handle];
    Q_ASSERT(entry.users > 0);
    if (--entry.users == 0) {
        m_handles.remove(entry.text);
        entry.text = QString();
        m_free.push_back(handle);
    }
}

} // namespace lunaris
