// SPDX-License-Identifier: MIT
#include "app/ctl/EventBusServer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace lunaris
{

namespace
{

/// A consumer that does not read is let go before it costs more than this.
constexpr qint64 longestBacklog = qint64{16} * 1024 * 1024;

constexpr qsizetype longestRegistration = 4096;

std::optional<std::uint32_t> peerUidOf(const QLocalSocket &socket)
{
    ucred credentials{};
    socklen_t size = sizeof(credentials);
    if (getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &credentials,
                   &size) != 0) {
        return std::nullopt;
    }
    return credentials.uid;
}

} // namespace

EventBusServer::EventBusServer(const QString &producerSocket, const QString &consumerSocket)
    : m_producerSocket(producerSocket), m_consumerSocket(consumerSocket)
{
    connect(&m_producerServer, &QLocalServer::newConnection, this, &EventBusServer::onProducer);
    connect(&m_consumerServer, &QLocalServer::newConnection, this, &EventBusServer::onConsumer);
}

EventBusServer::~EventBusServer()
{
    // The servers own the sockets and outlive the maps, which nobody may look into any more.
    for (const auto &[socket, producer] : m_producers) {
        socket->disconnect(this);
    }
    for (const auto &[socket, consumer] : m_consumers) {
        socket->disconnect(this);
    }
}

std::optional<QString> EventBusServer::listen()
{
    // Whoever may produce may speak in another's name, so that is the owner's alone; whoever may
    // consume is checked when registering.
    if (auto problem = open(m_producerServer, m_producerSocket, QLocalServer::UserAccessOption)) {
        return problem;
    }
    return open(m_consumerServer, m_consumerSocket, QLocalServer::WorldAccessOption);
}

std::optional<QString> EventBusServer::open(QLocalServer &server, const QString &path,
                                            QLocalServer::SocketOptions access)
{
    QDir().mkpath(QFileInfo(path).path());
    QLocalSocket probe;
    probe.connectToServer(path);
    if (probe.waitForConnected(1000)) {
        return tr("An Event Bus is listening on %1 already.").arg(path);
    }
    // Left behind by a bus that was killed; a file of another kind refuses too, and is not ours to remove.
    struct stat status {
    };
    if (lstat(QFile::encodeName(path).constData(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode)) {
            return tr("%1 is there already, and is no socket.").arg(path);
        }
        if (probe.error() == QLocalSocket::ConnectionRefusedError) {
            QFile::remove(path);
        }
    }
    server.setSocketOptions(access);
    if (!server.listen(path)) {
        return tr("The socket %1 cannot be opened: %2.").arg(path, server.errorString());
    }
    return std::nullopt;
}

void EventBusServer::onProducer()
{
    while (QLocalSocket *socket = m_producerServer.nextPendingConnection()) {
        const auto uid = peerUidOf(*socket);
        if (!uid) {
            socket->deleteLater();
            continue;
        }
        m_producers[socket].uid = *uid;
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readProducer(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_producers.erase(socket);
            socket->deleteLater();
        });
        readProducer(socket);
    }
}

void EventBusServer::readProducer(QLocalSocket *socket)
{
    const auto found = m_producers.find(socket);
    if (found == m_producers.end()) {
        return;
    }
    Producer &producer = found->second;
    const QByteArray bytes = socket->readAll();
    producer.frames.append({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    while (const auto body = producer.frames.next()) {
        distribute(*body, producer.uid);
    }
    if (producer.frames.isBroken()) {
        socket->abort();
    }
}

void EventBusServer::onConsumer()
{
    while (QLocalSocket *socket = m_consumerServer.nextPendingConnection()) {
        const auto uid = peerUidOf(*socket);
        if (!uid) {
            socket->deleteLater();
            continue;
        }
        m_consumers[socket].peerUid = *uid;
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { readConsumer(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] { onConsumerGone(socket); });
        readConsumer(socket);
    }
}

void EventBusServer::readConsumer(QLocalSocket *socket)
{
    const auto found = m_consumers.find(socket);
    if (found == m_consumers.end()) {
        return;
    }
    Consumer &consumer = found->second;
    const QByteArray bytes = socket->readAll();
    if (consumer.registered) {
        return; // what a consumer says afterwards means nothing
    }
    consumer.registration += bytes;
    const bool complete = consumer.registration.count('\n') >= 3;
    if ((complete && !parseRegistration(consumer)) || consumer.registration.size() > longestRegistration) {
        socket->abort();
    }
}

bool EventBusServer::parseRegistration(Consumer &consumer)
{
    const QStringList lines = QString::fromUtf8(consumer.registration).split(u'\n');
    consumer.id = lines.at(0).trimmed();
    consumer.types = lines.at(1).trimmed().split(u',', Qt::SkipEmptyParts);
    const QString uid = lines.at(2).trimmed();
    if (uid != QLatin1String("*")) {
        bool ok = false;
        consumer.uid = uid.toUInt(&ok);
        if (!ok) {
            return false;
        }
    }
    // Only root sees others' activity.
    const bool mayListen = consumer.peerUid == 0 || consumer.uid == consumer.peerUid;
    consumer.registered = mayListen && !consumer.id.isEmpty() && !consumer.types.isEmpty();
    return consumer.registered;
}

void EventBusServer::onConsumerGone(QLocalSocket *socket)
{
    const auto found = m_consumers.find(socket);
    if (found == m_consumers.end()) {
        return;
    }
    // As the real bus: ids must be unique, and with one consumer of an id all others of it go.
    const QString id = found->second.id;
    m_consumers.erase(found);
    socket->deleteLater();
    std::vector<QLocalSocket *> namesakes;
    for (const auto &[other, consumer] : m_consumers) {
        if (!id.isEmpty() && consumer.id == id) {
            namesakes.push_back(other);
        }
    }
    for (QLocalSocket *namesake : namesakes) {
        namesake->abort();
    }
}

bool EventBusServer::isAcceptable(const eventbus::Event &event)
{
    return !event.id().empty() && !event.type().empty() && !event.source().empty() &&
           !event.session_id().empty() && event.timestamp() != 0;
}

bool EventBusServer::wants(const Consumer &consumer, const QString &type, std::uint32_t uid)
{
    if (!consumer.registered || (uid != 0 && consumer.uid && consumer.uid != uid)) {
        return false;
    }
    for (const QString &wanted : consumer.types) {
        if (wanted == QLatin1String("*") || wanted == type ||
            (wanted.endsWith(u'.') && type.startsWith(wanted))) {
            return true;
        }
    }
    return false;
}

void EventBusServer::distribute(std::string_view body, std::uint32_t producerUid)
{
    // Bad protobuf, strings that are not UTF-8 and empty fields are dropped silently, as the bus does.
    eventbus::Event event;
    if (!event.ParseFromArray(body.data(), static_cast<int>(body.size())) || !isAcceptable(event)) {
        return;
    }
    std::string stamped;
    if (event.uid() == 0 && producerUid != 0) {
        event.set_uid(producerUid);
        stamped = event.SerializeAsString();
        body = stamped;
        if (body.size() > proto::maximumFrameBody) {
            return; // no room for the stamp
        }
    }
    QByteArray frame(static_cast<qsizetype>(proto::frameHeaderSize), Qt::Uninitialized);
    proto::writeFrameHeader(static_cast<std::uint32_t>(body.size()), frame.data());
    frame.append(body.data(), static_cast<qsizetype>(body.size()));

    const QString type = QString::fromStdString(event.type());
    std::vector<QLocalSocket *> tooSlow;
    for (auto &[socket, consumer] : m_consumers) {
        if (!wants(consumer, type, event.uid())) {
            continue;
        }
        socket->write(frame);
        if (socket->bytesToWrite() > longestBacklog) {
            tooSlow.push_back(socket);
        }
    }
    for (QLocalSocket *socket : tooSlow) {
        socket->abort();
    }
}

} // namespace lunaris
