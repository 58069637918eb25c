// SPDX-License-Identifier: MIT
#include "app/ctl/BusTail.h"

#include "app/ctl/Output.h"
#include "app/format/LineFormat.h"

#include <QCoreApplication>
#include <string>

namespace lunaris
{

BusTail::BusTail(const Options &options) : m_options(options)
{
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        // Ids must be unique on the bus: one a process.
        const QString id = QStringLiteral("lunaris-kernel-ctl-%1").arg(QCoreApplication::applicationPid());
        m_socket.write(QStringLiteral("%1\n%2\n%3\n").arg(id, m_options.types, m_options.uid).toUtf8());
        complain(tr("Listening on %1.").arg(m_options.consumerSocket));
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &BusTail::onReadable);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] {
        if (m_finished) {
            return;
        }
        complain(m_socket.error() == QLocalSocket::PeerClosedError
                     ? tr("The Event Bus has closed the connection; only root may listen to other users.")
                     : tr("The Event Bus cannot be reached at %1: %2.")
                           .arg(m_options.consumerSocket, m_socket.errorString()));
        finish(Failed);
    });
}

void BusTail::start()
{
    m_socket.connectToServer(m_options.consumerSocket);
}

void BusTail::onReadable()
{
    const QByteArray bytes = m_socket.readAll();
    m_frames.append({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    std::string lines;
    while (const auto body = m_frames.next()) {
        eventbus::Event event;
        if (m_shown == m_options.count ||
            !event.ParseFromArray(body->data(), static_cast<int>(body->size()))) {
            continue;
        }
        lines += toLine(event) + '\n';
        ++m_shown;
    }
    if (!print(lines) || m_shown == m_options.count) {
        stop();
    } else if (m_frames.isBroken()) {
        complain(
            tr("What listens on %1 does not speak the Event Bus's language.").arg(m_options.consumerSocket));
        finish(Failed);
    }
}

void BusTail::stop()
{
    if (!m_finished) {
        finish(Done);
    }
}

void BusTail::finish(ExitStatus status)
{
    m_finished = true;
    m_socket.abort();
    Q_EMIT finished(status);
}

} // namespace lunaris
