// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_BUSCONSUMER_H
#define LUNARIS_TESTS_INTEGRATION_BUSCONSUMER_H

#include "proto/FrameCodec.h"
#include "proto/event.pb.h"

#include <QByteArray>
#include <QDateTime>
#include <QLocalSocket>
#include <QString>
#include <algorithm>
#include <vector>

/// A consumer of the Event Bus that keeps what it gets of the files below one directory.
class BusConsumer
{
public:
    struct Seen {
        lunaris::eventbus::Event event;
        lunaris::eventbus::FileOpenedPayload payload;
        qint64 receivedAt = 0; ///< microseconds since the epoch
    };

    BusConsumer(const QString &socket, const std::string &directory) : m_directory(directory)
    {
        QObject::connect(&m_socket, &QLocalSocket::readyRead, [this] { read(); });
        m_socket.connectToServer(socket);
        m_connected = m_socket.waitForConnected();
        m_socket.write("test-consumer\nfile.\n*\n");
        m_socket.waitForBytesWritten();
    }

    bool isConnected() const { return m_connected && m_socket.state() == QLocalSocket::ConnectedState; }

    std::vector<Seen> eventsOf(const std::string &path) const
    {
        std::vector<Seen> found;
        for (const Seen &seen : m_seen) {
            if (seen.payload.path() == path) {
                found.push_back(seen);
            }
        }
        return found;
    }

    /// How many of the kept events have a path that begins so.
    std::size_t countBelow(const std::string &prefix) const
    {
        return static_cast<std::size_t>(std::count_if(m_seen.begin(), m_seen.end(), [&](const Seen &seen) {
            return seen.payload.path().starts_with(prefix);
        }));
    }

    /// Of every event, wherever its file is.
    bool sawPathBelow(const std::string &prefix) const
    {
        for (const std::string &path : m_paths) {
            if (path.starts_with(prefix)) {
                return true;
            }
        }
        return false;
    }

private:
    void read()
    {
        const QByteArray bytes = m_socket.readAll();
        m_frames.append({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        while (const auto body = m_frames.next()) {
            Seen seen;
            if (!seen.event.ParseFromArray(body->data(), static_cast<int>(body->size())) ||
                !seen.payload.ParseFromString(seen.event.payload())) {
                qFatal("The bus handed out a frame that does not parse");
            }
            seen.receivedAt = QDateTime::currentMSecsSinceEpoch() * 1000;
            // Others work on this machine: of what is not the test's own only the first folder is kept.
            const std::string &path = seen.payload.path();
            if (path.starts_with(m_directory)) {
                m_seen.push_back(seen);
            }
            m_paths.push_back(path.substr(0, path.find('/', 1) + 1));
        }
    }

    const std::string m_directory;
    QLocalSocket m_socket;
    bool m_connected = false;
    lunaris::proto::FrameReader m_frames;
    std::vector<Seen> m_seen;
    std::vector<std::string> m_paths;
};

#endif
