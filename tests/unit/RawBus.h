// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_RAWBUS_H
#define LUNARIS_TESTS_UNIT_RAWBUS_H

#include "proto/FrameCodec.h"
#include "proto/event.pb.h"
#include "tests/unit/AsUser.h"

#include <QFile>
#include <QSocketNotifier>
#include <QString>
#include <algorithm>
#include <memory>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace lunaris
{

inline sockaddr_un addressOf(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    std::copy_n(name.constData(), std::min(std::size_t(name.size()), sizeof(address.sun_path) - 1),
                address.sun_path);
    return address;
}

/// The producer side of an Event Bus that can misbehave: reads nothing, reads in crumbs, hangs up after so
/// many bytes. Takes one producer at a time. Events are told apart by their flags.
class RawBus
{
public:
    struct Connection {
        std::vector<std::uint32_t> events; ///< the flags of each whole event
        std::size_t bytes = 0;
    };

    explicit RawBus(QString path) : m_path(std::move(path)) {}
    ~RawBus() { stop(); }
    Q_DISABLE_COPY_MOVE(RawBus)

    /// Listens as `uid`; a stale socket file is replaced.
    void listen(uid_t uid = geteuid())
    {
        bind();
        const AsUser user(uid);
        if (::listen(m_listener, 8) != 0) {
            qFatal("the test cannot listen on its socket");
        }
        m_incoming = std::make_unique<QSocketNotifier>(m_listener, QSocketNotifier::Read);
        QObject::connect(m_incoming.get(), &QSocketNotifier::activated, [this] { accept(); });
    }

    /// Leaves a socket file behind that nobody listens on.
    void leaveStaleFile()
    {
        bind();
        close(m_listener);
        m_listener = -1;
    }

    void stop()
    {
        hangUp();
        m_incoming.reset();
        if (m_listener >= 0) {
            close(m_listener);
            unlink(QFile::encodeName(m_path).constData());
        }
        m_listener = -1;
    }

    void hangUp()
    {
        m_readable.reset();
        if (m_socket >= 0) {
            close(m_socket);
        }
        m_socket = -1;
    }

    void say(const QByteArray &bytes)
    {
        if (::send(m_socket, bytes.constData(), std::size_t(bytes.size()), MSG_NOSIGNAL) != bytes.size()) {
            qFatal("the test cannot talk to the producer");
        }
    }

    void setReading(bool reading)
    {
        m_reading = reading;
        if (m_readable) {
            m_readable->setEnabled(reading);
        }
    }

    void setPortion(std::size_t bytes) { m_portion = bytes; }
    void hangUpAfter(std::size_t bytes) { m_hangUpAfter = bytes; }

    bool isIntact() const { return m_intact; }
    const std::vector<Connection> &connections() const { return m_connections; }

    /// Of all connections.
    std::vector<std::uint32_t> events() const
    {
        std::vector<std::uint32_t> all;
        for (const Connection &connection : m_connections) {
            all.insert(all.end(), connection.events.begin(), connection.events.end());
        }
        return all;
    }

private:
    void bind()
    {
        unlink(QFile::encodeName(m_path).constData());
        m_listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const sockaddr_un address = addressOf(m_path);
        if (::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0) {
            qFatal("the test cannot make its socket");
        }
    }

    void accept()
    {
        const int socket = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) {
            return;
        }
        hangUp();
        m_socket = socket;
        m_frames = {};
        m_connections.emplace_back();
        m_readable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
        m_readable->setEnabled(m_reading);
        QObject::connect(m_readable.get(), &QSocketNotifier::activated, [this] { read(); });
    }

    void read()
    {
        Connection &connection = m_connections.back();
        char buffer[65'536];
        const std::size_t most =
            std::min({sizeof(buffer), m_portion, m_hangUpAfter - std::min(m_hangUpAfter, connection.bytes)});
        const ssize_t size = recv(m_socket, buffer, most, 0);
        if (size <= 0) {
            m_readable->setEnabled(false);
            return;
        }
        connection.bytes += std::size_t(size);
        m_frames.append({buffer, std::size_t(size)});
        while (const auto body = m_frames.next()) {
            eventbus::Event event;
            eventbus::FileOpenedPayload payload;
            m_intact = m_intact && event.ParseFromArray(body->data(), int(body->size())) &&
                       payload.ParseFromString(event.payload());
            connection.events.push_back(payload.flags());
        }
        m_intact = m_intact && !m_frames.isBroken();
        if (connection.bytes >= m_hangUpAfter) {
            m_hangUpAfter = SIZE_MAX;
            m_readable->setEnabled(false);
            m_readable.release()->deleteLater(); // it is what called us
            hangUp();
        }
    }

    const QString m_path;
    int m_listener = -1;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_incoming;
    std::unique_ptr<QSocketNotifier> m_readable;
    proto::FrameReader m_frames;
    std::vector<Connection> m_connections;
    std::size_t m_portion = SIZE_MAX;
    std::size_t m_hangUpAfter = SIZE_MAX;
    bool m_reading = true;
    bool m_intact = true;
};

} // namespace lunaris

#endif
