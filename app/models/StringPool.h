// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_STRINGPOOL_H
#define LUNARIS_APP_MODELS_STRINGPOOL_H

#include <QHash>
#include <QString>
#include <vector>

namespace lunaris
{

/// Strings that many rows share, each held once and named by a 4-byte handle. Counted, because a
/// process may rename itself as often as it likes: what no row uses any more is forgotten.
class StringPool
{
public:
    using Handle = quint32;

    /// One more user of `text`.
    Handle acquire(const QString &text);

    /// One user less; the handle must have come from acquire().
    void release(Handle handle);

    const QString &text(Handle handle) const { return m_entries[handle].text; }

    /// Different strings held.
    qsizetype size() const { return m_handles.size(); }

private:
    struct Entry {
        QString text;
        quint32 users = 0;
    };

    std::vector<Entry> m_entries;
    std::vector<Handle> m_free;
    QHash<QString, Handle> m_handles;
};

} // namespace lunaris

#endif
