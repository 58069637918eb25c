// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_BENCH_ROWLEDGER_H
#define LUNARIS_TESTS_BENCH_ROWLEDGER_H

#include "app/models/EventStore.h"

namespace lunaris::test
{

/// Whether the rows of a store are all that was sent: the sequence numbers of its events leave out what its
/// gaps say is missing, and nothing else.
class RowLedger
{
public:
    /// `store` must outlive it, and be empty.
    explicit RowLedger(const EventStore *store) : m_store(store), m_next(store->rows().end()) {}

    /// To be called at every change of the store, before any row goes again.
    void look()
    {
        for (; m_next < m_store->rows().end(); ++m_next) {
            const StoredEvent row = m_store->rows().at(m_next);
            if (row.isEvent()) {
                m_outOfOrder += row.sequence() == m_sequence + 1 ? 0 : 1;
                m_sequence = row.sequence();
                ++m_received;
            } else {
                m_dropped += static_cast<quint64>(row.value());
                m_sequence += static_cast<quint64>(row.value());
            }
        }
    }

    quint64 received() const { return m_received; }
    /// As reported.
    quint64 dropped() const { return m_dropped; }
    /// Events whose number was not the next.
    quint64 outOfOrder() const { return m_outOfOrder; }

private:
    const EventStore *const m_store;
    quint64 m_next;
    quint64 m_sequence = 0;
    quint64 m_received = 0;
    quint64 m_dropped = 0;
    quint64 m_outOfOrder = 0;
};

} // namespace lunaris::test

#endif
