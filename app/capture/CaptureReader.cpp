// SPDX-License-Identifier: MIT
#include "app/capture/CaptureReader.h"

#include <QtEndian>
#include <array>

namespace lunaris
{

using namespace capture;

CaptureReader::CaptureReader(QIODevice &device) : m_device(device)
{
    m_problem = readBeginning();
    m_ended = !m_problem.isEmpty();
}

QString CaptureReader::readBeginning()
{
    std::array<char, magic.size()> start{};
    if (!read(start.data(), start.size()) || std::string_view(start.data(), start.size()) != magic) {
        return QStringLiteral("is no capture");
    }
    std::array<char, sizeof(version)> number{};
    if (!read(number.data(), number.size())) {
        return QStringLiteral("is damaged at its very beginning");
    }
    const auto found = qFromLittleEndian<quint32>(number.data());
    if (found != version) {
        return QStringLiteral("is a capture of version %1, and this reads version %2; use a newer program")
            .arg(found)
            .arg(version);
    }
    const std::optional<QByteArray> frame = readFrame();
    const std::optional<Facts> facts = frame ? readFacts(*frame) : std::nullopt;
    if (!facts) {
        return QStringLiteral("is damaged at its very beginning");
    }
    m_facts = *facts;
    return {};
}

std::optional<CaptureReader::Item> CaptureReader::next()
{
    const std::uint64_t before = m_whole;
    const std::optional<QByteArray> frame = m_ended ? std::nullopt : readFrame();
    if (!frame) {
        return std::nullopt;
    }
    if (const std::optional<MonitorEvent> event = readEvent(*frame)) {
        ++m_events;
        return *event;
    }
    if (const std::optional<std::uint64_t> events = readLoss(*frame)) {
        return Loss{*events};
    }
    const std::optional<std::uint64_t> frames = readEnd(*frame);
    char more = 0;
    if (!frames) {
        m_whole = before;
        endBecause(QStringLiteral("what follows is no event"));
    } else if (*frames != m_frames - 2) { // that of the facts and this one
        endBecause(QStringLiteral("there should be more of it"));
    } else if (read(&more, 1)) {
        endBecause(QStringLiteral("something follows its end"));
    }
    m_ended = true;
    return std::nullopt;
}

std::optional<QByteArray> CaptureReader::readFrame()
{
    std::array<char, 12> head{};
    if (!read(head.data(), head.size())) {
        endBecause(m_position == m_whole
                       ? QStringLiteral("it has no end: it was cut off, or is still being written")
                       : QStringLiteral("it was cut off"));
        return std::nullopt;
    }
    const auto size = qFromLittleEndian<quint32>(head.data());
    if (size > maximumFrame) {
        endBecause(QStringLiteral("what follows is no event"));
        return std::nullopt;
    }
    QByteArray frame(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (!read(frame.data(), frame.size())) {
        endBecause(QStringLiteral("it was cut off"));
        return std::nullopt;
    }
    if (qFromLittleEndian<quint64>(head.data() + sizeof(size)) != checksum(frame, m_frames)) {
        endBecause(QStringLiteral("the checksum is wrong"));
        return std::nullopt;
    }
    ++m_frames;
    m_whole = m_position;
    return frame;
}

bool CaptureReader::read(char *to, qint64 size)
{
    qint64 got = 0;
    while (got < size) {
        const qint64 part = m_device.read(to + got, size - got);
        if (part <= 0) {
            break;
        }
        got += part;
    }
    m_position += static_cast<std::uint64_t>(got);
    return got == size;
}

void CaptureReader::endBecause(const QString &what)
{
    m_ended = true;
    m_problem =
        QStringLiteral("can be read up to byte %1, %2 events: %3").arg(m_whole).arg(m_events).arg(what);
}

} // namespace lunaris
