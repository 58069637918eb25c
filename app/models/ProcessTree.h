// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_PROCESSTREE_H
#define LUNARIS_APP_MODELS_PROCESSTREE_H

#include "app/models/GroupTable.h"
#include "dbus/MonitorEvent.h"

#include <QHash>
#include <QString>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lunaris
{

/// Who started whom, as far as events tell it: processes that were seen doing anything, and their parents.
/// A pid that is used again is another process. Bounded: where there are too many processes, those that
/// have ended longest ago are forgotten first, and never one whose children are known. Not thread-safe.
class ProcessTree
{
public:
    struct Process {
        quint64 number = 0; ///< from 1 in the order in which they became known; never used again
        quint64 parent = 0; ///< the number of another; 0 where it is not known
        quint32 childCount = 0;
        quint32 pid = 0;
        quint32 parentPid = 0; ///< at first sight; 0 where it is not known
        quint32 uid = 0;
        bool seen = false;   ///< else it is only known as somebody's parent: a pid and no more
        bool ended = false;  ///< its pid is free again
        qint64 exitCode = 0; ///< or -signal, where exitKnown
        bool exitKnown = false;
        quint64 firstSeen = 0; ///< microseconds since the epoch
        quint64 lastSeen = 0;
        QString comm;          ///< the latest that it called itself
        QString application;   ///< application id
        QByteArray executable; ///< bytes; empty unless it was seen starting a program
        Totals totals;         ///< of its own events, start and end too
    };

    static constexpr std::size_t mostProcesses = 20'000;

    explicit ProcessTree(std::size_t most = mostProcesses);

    /// `dropped` events were skipped before these: ends of processes may be among them.
    void add(const MonitorEventList &events, quint64 dropped);

    void clear();

    /// By number.
    const std::map<quint64, Process> &processes() const { return m_processes; }
    const Process *process(quint64 number) const;

    /// The process that had this pid then; null where none is known.
    const Process *find(quint32 pid, quint64 time) const;

    /// The parents of the process that had this pid then, the nearest first, as far as they are known.
    std::vector<Process> parents(quint32 pid, quint64 time) const;

    /// The numbers of the children of each that has any, in their order; those without a parent are 0's.
    QHash<quint64, std::vector<quint64>> children() const;

    /// A process and all below it, parents before their children.
    std::vector<quint64> subtree(quint64 number) const;

    /// The filter that passes what a process and all below it do, also those that they will start; nothing
    /// where there are more than a filter can name. It knows pids only: events of earlier processes with
    /// the same pid pass too.
    std::optional<std::string> filterOf(quint64 number) const;

private:
    void add(const MonitorEvent &event);
    Process &holderFor(const MonitorEvent &event);
    Process &create(quint32 pid, quint64 time);
    Process *latest(quint32 pid) const;
    void linkToParent(Process &process, quint32 parentPid, quint64 time);
    bool isBelow(quint64 number, quint64 ancestor) const;
    void setExecutable(Process &process, const QByteArray &executable);
    bool isTooLarge(std::size_t eighths) const;
    void forgetSome();
    void forget(quint64 number);

    const std::size_t m_most;
    std::map<quint64, Process> m_processes;
    QHash<quint32, std::vector<Process *>> m_byPid; // in the order of their numbers
    quint64 m_nextNumber = 1;
    quint64 m_gapEnd = 0; // time of the first event after the latest gap
    bool m_gap = false;   // one came, and no event since
    std::size_t m_executableBytes = 0;
};

} // namespace lunaris

#endif
