// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_RAWCLIENT_H
#define LUNARIS_TESTS_INTEGRATION_RAWCLIENT_H

#include <QByteArray>
#include <QString>
#include <optional>
#include <sys/types.h>

/// A client of the bus that keeps to no library's manners: writes the bytes it is given, and reads only
/// when told to. https://dbus.freedesktop.org/doc/dbus-specification.html
class RawClient
{
public:
    enum class Flag : unsigned char { None = 0, NoReply = 1 };

    /// Greets the bus as `uid`, which takes root.
    RawClient(const QString &address, uid_t uid);
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    /// Its unique name; empty when the bus would not have it.
    const QByteArray &name() const { return m_name; }

    /// Calls a method of the helper. `body` is marshalled already, and may be wrong.
    bool call(const char *member, const char *signature, const QByteArray &body, Flag flag = Flag::None);

    /// The same, of the bus.
    bool callBus(const char *member, const char *signature, const QByteArray &body);

    /// The next message, whole, as it is on the wire; nothing when the bus has hung up, or sends none in
    /// time.
    std::optional<QByteArray> next(int milliseconds);

    bool isConnected(int milliseconds);

    static QByteArray text(const QByteArray &bytes);
    /// a{sv} with one entry, a text.
    static QByteArray option(const QByteArray &name, const QByteArray &value);
    /// a{sv} without an entry.
    static QByteArray noOptions() { return QByteArray(8, '\0'); }

private:
    bool send(const QByteArray &destination, const QByteArray &path, const QByteArray &interface,
              const char *member, const char *signature, const QByteArray &body, Flag flag);
    bool write(const QByteArray &bytes);
    bool waitForBytes(int milliseconds);

    int m_socket = -1;
    quint32 m_serial = 0;
    QByteArray m_name;
    QByteArray m_received;
};

#endif
