// SPDX-License-Identifier: MIT
#include "app/capture/CaptureReader.h"

#include <QtEndian>
#include <array>

namespace lunaris
{

using namespace capture;

namespace
{

PieceReader::Got readFrom(QIODevice &device, void *to, std::size_t size)
{
    std::size_t got = 0;
    while (got < size) {
        const qint64 part = device.read(static_cast<char *>(to) + got, static_cast<qint64>(size - got));
        if (part <= 0) {
            break;
        }
        got += static_cast<std::size_t>(part);
    }
    return {got, 0};
}

} // namespace

CaptureReader::CaptureReader(QIODevice &device)
    : m_pieces([&device](void *to, std::size_t size) { return readFrom(device, to, size); })
{
    m_beginning = readBeginning();
    m_ended = m_beginning.has_value();
}

std::optional<Sentence> CaptureReader::problem() const
{
    return m_beginning ? m_beginning
                       : m_pieces.problem(
                             LUNARIS_SENTENCE("lunaris::capture", "can be read up to byte %1, %2 events: %3"),
                             m_events);
}

std::optional<Sentence> CaptureReader::readBeginning()
{
    std::array<char, magic.size()> start{};
    if (!m_pieces.read(start.data(), start.size()) || std::string_view(start.data(), start.size()) != magic) {
        return LUNARIS_SENTENCE("lunaris::capture", "is no capture");
    }
    std::array<char, sizeof(version)> number{};
    if (!m_pieces.read(number.data(), number.size())) {
        return LUNARIS_SENTENCE("lunaris::capture", "is damaged at its very beginning");
    }
    const auto found = qFromLittleEndian<quint32>(number.data());
    if (found != version) {
        return Sentence(
            LUNARIS_SENTENCE("lunaris::capture",
                             "is a capture of version %1, and this reads version %2; use a newer program"),
            found, version);
    }
    const std::optional<QByteArray> frame = readFrame();
    const std::optional<Facts> facts = frame ? readFacts(*frame) : std::nullopt;
    if (!facts) {
        return LUNARIS_SENTENCE("lunaris::capture", "is damaged at its very beginning");
    }
    m_facts = *facts;
    return std::nullopt;
}

std::optional<CaptureReader::Item> CaptureReader::next()
{
    const std::optional<QByteArray> frame = m_ended ? std::nullopt : readFrame();
    if (!frame) {
        m_ended = true;
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
    if (!frames) {
        m_pieces.endBecause(LUNARIS_SENTENCE("lunaris::capture", "what follows is no event"));
    } else if (*frames != m_frames - 2) { // that of the facts and this one
        m_pieces.endBecause(LUNARIS_SENTENCE("lunaris::capture", "there should be more of it"));
    } else {
        m_pieces.expectEnd();
    }
    m_ended = true;
    return std::nullopt;
}

std::optional<QByteArray> CaptureReader::readFrame()
{
    std::array<char, 12> head{};
    if (!m_pieces.begin(head.data(), head.size())) {
        return std::nullopt;
    }
    const auto size = qFromLittleEndian<quint32>(head.data());
    if (size > maximumFrame) {
        m_pieces.endBecause(LUNARIS_SENTENCE("lunaris::capture", "what follows is no event"));
        return std::nullopt;
    }
    QByteArray frame(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (!m_pieces.finish(frame.data(), size) ||
        !m_pieces.check(qFromLittleEndian<quint64>(head.data() + sizeof(size)) ==
                        checksum(frame, m_frames))) {
        return std::nullopt;
    }
    ++m_frames;
    return frame;
}

} // namespace lunaris
