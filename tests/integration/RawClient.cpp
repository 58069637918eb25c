// SPDX-License-Identifier: MIT
#include "tests/integration/RawClient.h"

#include "dbus/Names.h"
#include "tests/unit/AsUser.h"

#include <QElapsedTimer>
#include <QFile>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace
{

constexpr int patience = 20'000;
constexpr qsizetype fixedHeader = 16;

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    std::memcpy(bytes.data(), &value, sizeof(value)); // marked as our own byte order, 'l'
    return bytes;
}

quint32 numberAt(const QByteArray &bytes, qsizetype position)
{
    quint32 value = 0;
    std::memcpy(&value, bytes.constData() + position, sizeof(value));
    return value;
}

void pad(QByteArray &bytes, qsizetype alignment)
{
    while (bytes.size() % alignment != 0) {
        bytes.append('\0');
    }
}

qsizetype padded(qsizetype size)
{
    return (size + 7) / 8 * 8;
}

void addField(QByteArray &fields, char code, char type, const QByteArray &value)
{
    pad(fields, 8);
    fields.append(code).append('\1').append(type).append('\0');
    if (type == 'g') {
        fields.append(static_cast<char>(value.size())).append(value).append('\0');
    } else {
        fields.append(RawClient::text(value));
    }
}

} // namespace

RawClient::RawClient(const QString &address, uid_t uid)
{
    const QByteArray path = QFile::encodeName(address.section(QStringLiteral("unix:path="), 1));
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::copy_n(path.constData(), std::min<std::size_t>(std::size_t(path.size()), sizeof(name.sun_path) - 1),
                name.sun_path);
    m_socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    {
        const lunaris::AsUser user(uid);
        if (connect(m_socket, reinterpret_cast<const sockaddr *>(&name), sizeof(name)) != 0) {
            return;
        }
    }
    if (!write(QByteArray(1, '\0') + "AUTH EXTERNAL " + QByteArray::number(uid).toHex() + "\r\n")) {
        return;
    }
    while (!m_received.contains("\r\n")) {
        if (!waitForBytes(patience)) {
            return;
        }
    }
    if (!m_received.startsWith("OK ")) {
        return;
    }
    m_received.clear();
    if (!write("BEGIN\r\n") || !callBus("Hello", "", {})) {
        return;
    }
    if (const auto reply = next(patience)) {
        const qsizetype body = fixedHeader + padded(numberAt(*reply, 12));
        m_name = reply->mid(body + 4, numberAt(*reply, body));
    }
}

RawClient::~RawClient()
{
    close(m_socket);
}

QByteArray RawClient::text(const QByteArray &bytes)
{
    return number(static_cast<quint32>(bytes.size())) + bytes + '\0';
}

QByteArray RawClient::option(const QByteArray &name, const QByteArray &value)
{
    QByteArray entry = text(name);
    entry.append('\1').append('s').append('\0');
    pad(entry, 4);
    entry += text(value);
    return number(static_cast<quint32>(entry.size())) + QByteArray(4, '\0') + entry;
}

bool RawClient::call(const char *member, const char *signature, const QByteArray &body, Flag flag)
{
    using namespace lunaris::dbus;
    return send(serviceName.data(), objectPath.data(), interfaceName.data(), member, signature, body, flag);
}

bool RawClient::callBus(const char *member, const char *signature, const QByteArray &body)
{
    const QByteArray bus = "org.freedesktop.DBus";
    return send(bus, "/org/freedesktop/DBus",
                member == QByteArray("BecomeMonitor") ? bus + ".Monitoring" : bus, member, signature, body,
                Flag::None);
}

bool RawClient::send(const QByteArray &destination, const QByteArray &path, const QByteArray &interface,
                     const char *member, const char *signature, const QByteArray &body, Flag flag)
{
    QByteArray fields;
    addField(fields, 1, 'o', path);
    addField(fields, 2, 's', interface);
    addField(fields, 3, 's', member);
    addField(fields, 6, 's', destination);
    if (*signature != '\0') {
        addField(fields, 8, 'g', signature);
    }
    QByteArray message;
    message.append('l').append('\1').append(static_cast<char>(flag)).append('\1');
    message += number(static_cast<quint32>(body.size())) + number(++m_serial) +
               number(static_cast<quint32>(fields.size())) + fields;
    pad(message, 8);
    return write(message + body);
}

bool RawClient::write(const QByteArray &bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t size =
            ::send(m_socket, bytes.constData() + sent, std::size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (size <= 0) {
            return false;
        }
        sent += size;
    }
    return true;
}

bool RawClient::waitForBytes(int milliseconds)
{
    pollfd poll{m_socket, POLLIN, 0};
    if (::poll(&poll, 1, milliseconds) <= 0) {
        return false;
    }
    std::array<char, 65'536> buffer{};
    const ssize_t size = recv(m_socket, buffer.data(), buffer.size(), 0);
    if (size <= 0) {
        return false;
    }
    m_received.append(buffer.data(), size);
    return true;
}

std::optional<QByteArray> RawClient::next(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        if (m_received.size() >= fixedHeader) {
            const qsizetype size =
                fixedHeader + padded(numberAt(m_received, 12)) + qsizetype(numberAt(m_received, 4));
            if (m_received.size() >= size) {
                const QByteArray message = m_received.left(size);
                m_received.remove(0, size);
                return message;
            }
        }
        if (!waitForBytes(std::max(milliseconds - int(timer.elapsed()), 0))) {
            return std::nullopt;
        }
    }
}

bool RawClient::isConnected(int milliseconds)
{
    char byte = 0;
    pollfd poll{m_socket, POLLIN | POLLRDHUP, 0};
    if (::poll(&poll, 1, milliseconds) <= 0) {
        return true;
    }
    if ((poll.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0) {
        return recv(m_socket, &byte, 1, MSG_PEEK) > 0;
    }
    return false;
}
