// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTFILTER_H
#define LUNARIS_APP_MODELS_EVENTFILTER_H

#include "app/models/EventRows.h"
#include "app/models/UserNames.h"
#include "dbus/filter/Program.h"

#include <QString>
#include <memory>
#include <string>
#include <unordered_map>

namespace lunaris
{

/// A filter ready for use; a copy is cheap and may go to another thread. See lunaris-kernel-filter(7).
class EventFilter
{
public:
    /// Passes everything.
    EventFilter() = default;

    /// Blanks only are a filter that passes everything.
    static filter::Result<EventFilter> compile(const QString &text);

    const QString &text() const { return m_text; }
    bool passesEverything() const { return m_program == nullptr; }

    /// Whether what passes now may not pass later.
    bool dependsOnAge() const;

private:
    friend class EventMatcher;

    QString m_text;
    std::shared_ptr<const filter::Program> m_program;
};

/// Asks a filter about rows. Each thread has its own.
class EventMatcher
{
public:
    explicit EventMatcher(EventFilter filter) : m_filter(std::move(filter)) {}

    /// The time to which `age` counts, in microseconds since the epoch. Until it is set no event has an age.
    void setNow(quint64 now) { m_now = now; }

    /// Gaps pass every filter: they say that rows are missing, whichever those were.
    bool passes(const StoredEvent &row);

    const EventFilter &filter() const { return m_filter; }

private:
    const std::string &userName(quint32 uid);

    EventFilter m_filter;
    UserNames m_users;
    std::unordered_map<quint32, std::string> m_userNames; // m_users as bytes
    quint64 m_now = 0;
};

} // namespace lunaris

#endif
