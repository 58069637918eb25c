// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_EVENTBUSSERVER_H
#define LUNARIS_APP_CTL_EVENTBUSSERVER_H

#include "proto/FrameCodec.h"
#include "proto/event.pb.h"

#include <QByteArray>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <map>
#include <optional>

namespace lunaris
{

/// A minimal Event Bus for machines without Lunaris, and for tests: takes frames from producers and
/// hands them to the consumers that want them, as the real bus does.
///
/// A consumer registers with three lines: its id, the types it wants separated by commas
/// ("file.opened", a prefix "file.", or "*"), and a uid or "*". One thread, which needs an event loop.
class EventBusServer : public QObject
{
    Q_OBJECT

public:
    EventBusServer(const QString &producerSocket, const QString &consumerSocket);
    ~EventBusServer() override;

    /// Opens both sockets; a sentence when that fails. A socket file that nobody listens on is replaced,
    /// one that somebody does listen on is an error.
    std::optional<QString> listen();

private:
    struct Producer {
        proto::FrameReader frames;
        std::uint32_t uid = 0;
    };
    struct Consumer {
        QByteArray registration; // until its three lines are there
        bool registered = false;
        QString id;
        QStringList types;
        std::optional<std::uint32_t> uid; // nothing: of everybody
        std::uint32_t peerUid = 0;
    };

    std::optional<QString> open(QLocalServer &server, const QString &path,
                                QLocalServer::SocketOptions access);
    void onProducer();
    void onConsumer();
    void readProducer(QLocalSocket *socket);
    void readConsumer(QLocalSocket *socket);
    void onConsumerGone(QLocalSocket *socket);
    static bool parseRegistration(Consumer &consumer);
    void distribute(std::string_view body, std::uint32_t producerUid);
    static bool isAcceptable(const eventbus::Event &event);
    static bool wants(const Consumer &consumer, const QString &type, std::uint32_t uid);

    const QString m_producerSocket;
    const QString m_consumerSocket;
    QLocalServer m_producerServer;
    QLocalServer m_consumerServer;
    std::map<QLocalSocket *, Producer> m_producers;
    std::map<QLocalSocket *, Consumer> m_consumers;
};

} // namespace lunaris

#endif
