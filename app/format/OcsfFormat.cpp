// SPDX-License-Identifier: MIT
#include "app/format/OcsfFormat.h"

#include "app/format/JsonText.h"
#include "dbus/Names.h"
#include "dbus/filter/Symbols.h"
#include "proto/Escape.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <arpa/inet.h>
#include <array>
#include <limits>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace lunaris
{

namespace
{

/// A class of the schema and an activity of it, by number and caption.
struct Activity {
    int classUid;
    const char *className;
    int categoryUid;
    const char *categoryName;
    int activity;
    const char *activityName;
};

std::optional<Activity> activityOf(const MonitorEvent &event)
{
    const auto file = [](int activity, const char *name) {
        return Activity{1001, "File System Activity", 1, "System Activity", activity, name};
    };
    const auto process = [](int activity, const char *name) {
        return Activity{1007, "Process Activity", 1, "System Activity", activity, name};
    };
    if (event.type == dbus::type::fileOpened) {
        return (event.attributes & CreatedFile) != 0 ? file(1, "Create") : file(14, "Open");
    }
    if (event.type == dbus::type::fileOpenFailed) {
        return file(14, "Open");
    }
    if (event.type == dbus::type::fileWritten) {
        return file(3, "Update");
    }
    if (event.type == dbus::type::processStarted) {
        return process(1, "Launch");
    }
    if (event.type == dbus::type::processExited) {
        return process(2, "Terminate");
    }
    if (event.type == dbus::type::networkConnect || event.type == dbus::type::networkAccept) {
        return Activity{4001, "Network Activity", 4, "Network Activity", 1, "Open"};
    }
    return std::nullopt;
}

QString text(std::string_view bytes)
{
    return QString::fromStdString(proto::toUtf8(bytes));
}

std::pair<int, const char *> fileType(quint32 mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return {1, "Regular File"};
    case S_IFDIR:
        return {2, "Folder"};
    case S_IFCHR:
        return {3, "Character Device"};
    case S_IFBLK:
        return {4, "Block Device"};
    case S_IFSOCK:
        return {5, "Local Socket"};
    case S_IFIFO:
        return {6, "Named Pipe"};
    case S_IFLNK:
        return {7, "Symbolic Link"};
    default:
        return {0, "Unknown"};
    }
}

std::optional<QJsonObject> fileObject(const MonitorEvent &event)
{
    const std::string_view path(event.subject.constData(), static_cast<std::size_t>(event.subject.size()));
    if (path.empty() || (event.attributes & UnreadableName) != 0) {
        return std::nullopt;
    }
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const auto [type, caption] = fileType(event.mode);
    const QString start = (event.attributes & TruncatedPath) != 0 ? QStringLiteral("…") : QString();
    return QJsonObject{{QStringLiteral("name"), text(name.empty() ? path : name)},
                       {QStringLiteral("path"), start + text(path)},
                       {QStringLiteral("type_id"), type},
                       {QStringLiteral("type"), QLatin1String(caption)}};
}

struct Peer {
    QString address;
    int port;
    int version; // of the Internet Protocol
};

/// "192.0.2.1:443", "[2001:db8::1]:443"; checked, as the event may come from a file.
std::optional<Peer> readPeer(const QByteArray &subject)
{
    static const QRegularExpression form(
        QStringLiteral("^(?:\\[([0-9A-Fa-f:.]{2,39})\\]|([0-9.]{7,15})):([0-9]{1,5})\\z"));
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(subject));
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const bool six = match.hasCaptured(1) && !match.captured(1).isEmpty();
    const QString address = six ? match.captured(1) : match.captured(2);
    const int port = match.captured(3).toInt();
    std::array<unsigned char, sizeof(in6_addr)> binary{};
    if (port > std::numeric_limits<quint16>::max() ||
        inet_pton(six ? AF_INET6 : AF_INET, address.toLatin1().constData(), binary.data()) != 1) {
        return std::nullopt;
    }
    return Peer{address, port, six ? 6 : 4};
}

} // namespace

OcsfFormat::OcsfFormat(FormatSettings settings) : m_settings(std::move(settings)) {}

std::optional<std::string> OcsfFormat::line(const MonitorEvent &event)
{
    const std::optional<Activity> activity = activityOf(event);
    if (!activity) {
        return std::nullopt;
    }
    const bool failed = event.type == dbus::type::fileOpenFailed;
    const QJsonObject product = {{QStringLiteral("name"), QStringLiteral("Lunaris Kernel Monitor")},
                                 {QStringLiteral("vendor_name"), QStringLiteral("Lunaris")},
                                 {QStringLiteral("version"), QStringLiteral(LUNARIS_VERSION)}};
    QJsonObject object = {
        {QStringLiteral("class_uid"), activity->classUid},
        {QStringLiteral("class_name"), QLatin1String(activity->className)},
        {QStringLiteral("category_uid"), activity->categoryUid},
        {QStringLiteral("category_name"), QLatin1String(activity->categoryName)},
        {QStringLiteral("activity_id"), activity->activity},
        {QStringLiteral("activity_name"), QLatin1String(activity->activityName)},
        {QStringLiteral("type_uid"), activity->classUid * 100 + activity->activity},
        {QStringLiteral("type_name"),
         QLatin1String(activity->className) + QStringLiteral(": ") + QLatin1String(activity->activityName)},
        {QStringLiteral("severity_id"), 1},
        {QStringLiteral("severity"), QStringLiteral("Informational")},
        {QStringLiteral("status_id"), failed ? 2 : 1},
        {QStringLiteral("status"), failed ? QStringLiteral("Failure") : QStringLiteral("Success")},
        {QStringLiteral("time"), static_cast<qint64>(event.time / 1000)},
        {QStringLiteral("metadata"),
         QJsonObject{{QStringLiteral("version"), QStringLiteral("1.3.0")},
                     {QStringLiteral("product"), product},
                     {QStringLiteral("profiles"), QJsonArray{QStringLiteral("host")}}}},
        {QStringLiteral("device"), device()},
        {QStringLiteral("actor"), actor(event)},
    };
    const bool said = activity->classUid == 1001   ? addFile(object, event)
                      : activity->classUid == 1007 ? addProcess(object, event)
                                                   : addConnection(object, event);
    return said ? std::optional(toJsonLine(object)) : std::nullopt;
}

bool OcsfFormat::addFile(QJsonObject &to, const MonitorEvent &event) const
{
    const std::optional<QJsonObject> file = fileObject(event);
    if (!file) {
        return false;
    }
    to.insert(QStringLiteral("file"), *file);
    // What the class has no attribute for.
    QJsonObject rest;
    if (event.type == dbus::type::fileWritten) {
        rest.insert(QStringLiteral("bytes"), event.value);
    } else {
        rest.insert(QStringLiteral("flags"), static_cast<qint64>(event.flags));
    }
    to.insert(QStringLiteral("unmapped"), rest);
    const bool isErrno = event.value < 0 && event.value > -4096;
    if (event.type == dbus::type::fileOpenFailed && isErrno) {
        const auto number = static_cast<int>(-event.value);
        to.insert(QStringLiteral("status_code"), QString::number(number));
        if (const auto name = filter::nameOfErrno(number)) {
            to.insert(QStringLiteral("status_detail"), text(*name));
        }
    }
    return true;
}

bool OcsfFormat::addProcess(QJsonObject &to, const MonitorEvent &event) const
{
    QJsonObject subject = process(event);
    if (const std::optional<QJsonObject> file = fileObject(event)) {
        subject.insert(QStringLiteral("file"), *file);
    }
    to.insert(QStringLiteral("process"), subject);
    if (event.type == dbus::type::processExited) {
        if (event.value < -std::numeric_limits<qint32>::max() ||
            event.value > std::numeric_limits<qint32>::max()) {
            return false;
        }
        to.insert(QStringLiteral("exit_code"), event.value);
    } else if (event.parentPid != 0) {
        // Who launches a process is its parent, of which no more is known than its number and user.
        QJsonObject actor = to.value(QStringLiteral("actor")).toObject();
        actor.insert(QStringLiteral("process"),
                     QJsonObject{{QStringLiteral("pid"), static_cast<qint64>(event.parentPid)}});
        to.insert(QStringLiteral("actor"), actor);
    }
    return true;
}

bool OcsfFormat::addConnection(QJsonObject &to, const MonitorEvent &event) const
{
    const std::optional<Peer> peer = readPeer(event.subject);
    if (!peer || event.value < 0 || event.value > std::numeric_limits<quint16>::max()) {
        return false;
    }
    const bool inbound = event.type == dbus::type::networkAccept;
    const QJsonObject far = {{QStringLiteral("ip"), peer->address}, {QStringLiteral("port"), peer->port}};
    const QJsonObject near = ownEndpoint(event.value);
    to.insert(QStringLiteral("src_endpoint"), inbound ? far : near);
    to.insert(QStringLiteral("dst_endpoint"), inbound ? near : far);
    to.insert(QStringLiteral("connection_info"),
              QJsonObject{{QStringLiteral("direction_id"), inbound ? 1 : 2},
                          {QStringLiteral("direction"),
                           inbound ? QStringLiteral("Inbound") : QStringLiteral("Outbound")},
                          {QStringLiteral("protocol_name"), QStringLiteral("tcp")},
                          {QStringLiteral("protocol_num"), IPPROTO_TCP},
                          {QStringLiteral("protocol_ver_id"), peer->version}});
    return true;
}

QJsonObject OcsfFormat::actor(const MonitorEvent &event) const
{
    QJsonObject object = {{QStringLiteral("process"), process(event)}, {QStringLiteral("user"), user(event)}};
    if (!event.application.isEmpty()) {
        object.insert(QStringLiteral("app_uid"), event.application);
    }
    return object;
}

QJsonObject OcsfFormat::user(const MonitorEvent &event) const
{
    QJsonObject object = {{QStringLiteral("uid"), QString::number(event.uid)}};
    const std::string name = m_settings.userName ? m_settings.userName(event.uid) : std::string();
    if (!name.empty()) {
        object.insert(QStringLiteral("name"), text(name));
    }
    return object;
}

QJsonObject OcsfFormat::process(const MonitorEvent &event) const
{
    QJsonObject object = {{QStringLiteral("pid"), static_cast<qint64>(event.pid)},
                          {QStringLiteral("name"), event.comm},
                          {QStringLiteral("user"), user(event)}};
    if (event.parentPid != 0) {
        object.insert(QStringLiteral("parent_process"),
                      QJsonObject{{QStringLiteral("pid"), static_cast<qint64>(event.parentPid)}});
    }
    return object;
}

QJsonObject OcsfFormat::device() const
{
    QJsonObject os = {{QStringLiteral("name"), QStringLiteral("Linux")},
                      {QStringLiteral("type_id"), 200},
                      {QStringLiteral("type"), QStringLiteral("Linux")}};
    if (!m_settings.kernelRelease.empty()) {
        os.insert(QStringLiteral("build"), text(m_settings.kernelRelease));
    }
    QJsonObject object = {{QStringLiteral("type_id"), 0}, {QStringLiteral("os"), os}};
    addHost(object);
    return object;
}

QJsonObject OcsfFormat::ownEndpoint(qint64 port) const
{
    QJsonObject object = {{QStringLiteral("port"), port}};
    addHost(object);
    return object;
}

void OcsfFormat::addHost(QJsonObject &to) const
{
    static const QRegularExpression label(QStringLiteral(
        "^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$"));
    const QString host = text(m_settings.host.empty() ? "localhost" : m_settings.host);
    to.insert(label.match(host).hasMatch() ? QStringLiteral("hostname") : QStringLiteral("name"), host);
}

} // namespace lunaris
