// SPDX-License-Identifier: MIT
#include "app/capture/CaptureFormat.h"

#include <QDataStream>
#include <QIODevice>
#include <QStringDecoder>
#include <algorithm>
#include <xxhash.h>

namespace lunaris::capture
{

namespace
{

constexpr quint8 eventKind = 'E';
constexpr quint8 lossKind = 'D';
constexpr quint8 endKind = 'Z';

void prepare(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_4);
    stream.setByteOrder(QDataStream::LittleEndian);
}

/// A stream that writes into bytes, or reads all of them.
class Writer
{
public:
    Writer() : m_stream(&m_bytes, QIODevice::WriteOnly) { prepare(m_stream); }

    template<typename... Values>
    QByteArray write(const Values &...values)
    {
        (void)(m_stream << ... << values);
        return m_bytes;
    }

private:
    QByteArray m_bytes;
    QDataStream m_stream;
};

template<typename... Values>
bool readAll(const QByteArray &bytes, Values &...values)
{
    QDataStream stream(bytes);
    prepare(stream);
    (void)(stream >> ... >> values);
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

std::optional<std::uint64_t> readNumber(quint8 wanted, const QByteArray &bytes)
{
    quint8 kind = 0;
    quint64 number = 0;
    return readAll(bytes, kind, number) && kind == wanted ? std::optional<std::uint64_t>(number)
                                                          : std::nullopt;
}

std::optional<QString> readText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    return decoder.hasError() ? std::nullopt : std::optional(text);
}

bool isType(const QByteArray &type)
{
    return !type.isEmpty() && type.size() <= 64 && std::all_of(type.begin(), type.end(), [](char byte) {
        return (byte >= 'a' && byte <= 'z') || byte == '.' || byte == '_';
    });
}

} // namespace

QByteArray write(const Facts &facts)
{
    return Writer().write(quint64{facts.startTime}, facts.host, facts.kernelRelease);
}

std::optional<Facts> readFacts(const QByteArray &bytes)
{
    Facts facts;
    quint64 startTime = 0;
    if (!readAll(bytes, startTime, facts.host, facts.kernelRelease)) {
        return std::nullopt;
    }
    facts.startTime = startTime;
    return facts;
}

QByteArray write(const MonitorEvent &event)
{
    return Writer().write(eventKind, event.sequence, event.time, event.type.toUtf8(), event.pid,
                          event.parentPid, event.uid, event.comm.toUtf8(), event.application.toUtf8(),
                          event.subject, event.flags, event.mode, event.value, event.attributes,
                          event.cgroup);
}

std::optional<MonitorEvent> readEvent(const QByteArray &bytes)
{
    MonitorEvent event;
    quint8 kind = 0;
    QByteArray type;
    QByteArray comm;
    QByteArray application;
    if (!readAll(bytes, kind, event.sequence, event.time, type, event.pid, event.parentPid, event.uid, comm,
                 application, event.subject, event.flags, event.mode, event.value, event.attributes,
                 event.cgroup) ||
        kind != eventKind || !isType(type)) {
        return std::nullopt;
    }
    const std::optional<QString> commText = readText(comm);
    const std::optional<QString> applicationText = readText(application);
    if (!commText || !applicationText) {
        return std::nullopt;
    }
    event.type = QString::fromLatin1(type);
    event.comm = *commText;
    event.application = *applicationText;
    return event;
}

QByteArray writeLoss(std::uint64_t events)
{
    return Writer().write(lossKind, quint64{events});
}

std::optional<std::uint64_t> readLoss(const QByteArray &bytes)
{
    return readNumber(lossKind, bytes);
}

QByteArray writeEnd(std::uint64_t frames)
{
    return Writer().write(endKind, quint64{frames});
}

std::optional<std::uint64_t> readEnd(const QByteArray &bytes)
{
    return readNumber(endKind, bytes);
}

std::uint64_t checksum(const QByteArray &frame, std::uint64_t number)
{
    return XXH3_64bits_withSeed(frame.constData(), static_cast<std::size_t>(frame.size()), number);
}

} // namespace lunaris::capture
