// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_CLIENTEVENTS_H
#define LUNARIS_TESTS_UNIT_CLIENTEVENTS_H

#include "dbus/MonitorEvent.h"

#include <cerrno>
#include <utility>
#include <vector>

namespace lunaris::test
{

/// An open of /etc/hosts, as a client gets it.
inline MonitorEvent openedHosts()
{
    MonitorEvent event;
    event.sequence = 7;
    event.time = 1'771'677'296'123'456; // 2026-02-21T12:34:56Z
    event.type = QStringLiteral("file.opened");
    event.pid = 1234;
    event.parentPid = 77;
    event.uid = 1000;
    event.comm = QStringLiteral("cat");
    event.application = QStringLiteral("org.example.Reader");
    event.subject = "/etc/hosts";
    event.flags = 02000001; // O_WRONLY|O_CLOEXEC
    event.mode = 0100644;
    event.value = 3;
    event.cgroup = 4711;
    return event;
}

inline MonitorEvent clientEvent(const char *type, const QByteArray &subject, qint64 value)
{
    MonitorEvent event = openedHosts();
    event.type = QLatin1String(type);
    event.subject = subject;
    event.value = value;
    return event;
}

/// One of each type that there is.
inline MonitorEventList oneOfEachType()
{
    return {openedHosts(),
            clientEvent("file.open_failed", "/etc/shadow", -EACCES),
            clientEvent("file.written", "/home/alex/a b.txt", 4096),
            clientEvent("process.started", "/usr/bin/cat", 0),
            clientEvent("process.exited", "/usr/bin/cat", -9),
            clientEvent("network.connect", "192.0.2.1:443", 40000),
            clientEvent("network.accept", "[2001:db8::1]:5555", 22)};
}

/// Names that somebody chose with the reader's terminal in mind, and how they are written.
inline std::vector<std::pair<QByteArray, QByteArray>> hostileNames()
{
    return {{"clear \x1b[2J", "clear \\x1b[2J"},
            {"two\nlines", "two\\x0alines"},
            {"return\r", "return\\x0d"},
            {"no utf-8 \xff\xfe", "no utf-8 \\xff\\xfe"},
            {"turned \xe2\x80\xae txt.exe", "turned \\xe2\\x80\\xae txt.exe"},
            {"8-bit \xc2\x9b 2J", "8-bit \\xc2\\x9b 2J"},
            {"delete \x7f", "delete \\x7f"},
            {"all \x1b[2J\n\xff\xe2\x80\xae", "all \\x1b[2J\\x0a\\xff\\xe2\\x80\\xae"}};
}

/// Whether a line is safe on a terminal: its newline at the end, and nothing that moves or turns.
inline bool isSafeLine(const std::string &line)
{
    const QString text = QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()));
    for (qsizetype at = 0; at < text.size(); ++at) {
        const ushort code = text[at].unicode();
        const bool end = code == '\n' && at == text.size() - 1;
        if ((code < 0x20 && !end) || (code >= 0x7f && code <= 0x9f) || code == 0x202e) {
            return false;
        }
    }
    return text.endsWith(QLatin1Char('\n')) && text.toStdString() == line; // it is UTF-8
}

} // namespace lunaris::test

#endif
