// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_RAWPEER_H
#define LUNARIS_TESTS_UNIT_RAWPEER_H

#include "proto/FrameCodec.h"
#include "proto/event.pb.h"
#include "tests/unit/RawBus.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

namespace lunaris
{

/// One end of a Unix socket towards a server in this thread: whatever bytes the test likes.
class RawPeer
{
public:
    explicit RawPeer(const QString &path, uid_t uid = geteuid())
        : m_socket(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        const sockaddr_un address = addressOf(path);
        const AsUser user(uid);
        m_connected = ::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0;
    }

    ~RawPeer() { hangUp(); }
    Q_DISABLE_COPY_MOVE(RawPeer)

    bool isConnected() const { return m_connected; }

    void hangUp()
    {
        if (m_socket >= 0) {
            close(m_socket);
        }
        m_socket = -1;
    }

    /// False when the other side is gone before everything was taken.
    bool send(const QByteArray &bytes)
    {
        const QDeadlineTimer deadline(5000);
        for (qsizetype sent = 0; sent < bytes.size() && !deadline.hasExpired();) {
            const ssize_t size =
                ::send(m_socket, bytes.constData() + sent, std::size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (size > 0) {
                sent += size;
            } else if (errno != EAGAIN) {
                return false;
            }
            QCoreApplication::processEvents(); // it is this thread that reads at the other end
        }
        return !deadline.hasExpired();
    }

    bool sendFrame(const std::string &body)
    {
        QByteArray frame(4, '\0');
        for (int index = 0; index < 4; ++index) {
            frame[index] = static_cast<char>(body.size() >> (24 - 8 * index));
        }
        return send(frame + QByteArray::fromStdString(body));
    }

    /// The ids of all events that came so far.
    const QStringList &ids()
    {
        char buffer[65'536];
        ssize_t size = 0;
        while ((size = recv(m_socket, buffer, sizeof(buffer), 0)) > 0) {
            m_frames.append({buffer, std::size_t(size)});
            while (const auto body = m_frames.next()) {
                if (m_last.ParseFromArray(body->data(), int(body->size()))) {
                    m_ids.append(QString::fromStdString(m_last.id()));
                }
            }
        }
        m_closed = size == 0 || (size < 0 && errno != EAGAIN);
        return m_ids;
    }

    bool isClosed()
    {
        ids();
        return m_closed;
    }

    const eventbus::Event &last() const { return m_last; }

private:
    int m_socket;
    bool m_connected = false;
    bool m_closed = false;
    proto::FrameReader m_frames;
    eventbus::Event m_last;
    QStringList m_ids;
};

} // namespace lunaris

#endif
