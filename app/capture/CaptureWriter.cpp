// SPDX-License-Identifier: MIT
#include "app/capture/CaptureWriter.h"

#include <QDateTime>
#include <QFile>
#include <QtEndian>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <sys/utsname.h>

namespace lunaris
{

using namespace capture;

namespace
{

QByteArray pieceOf(const QByteArray &frame, std::uint64_t number)
{
    std::array<char, 12> head{};
    qToLittleEndian(static_cast<quint32>(frame.size()), head.data());
    qToLittleEndian(quint64{checksum(frame, number)}, head.data() + sizeof(quint32));
    return QByteArray(head.data(), head.size()) + frame;
}

std::span<const std::byte> bytesOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace

std::variant<std::unique_ptr<CaptureWriter>, Sentence> CaptureWriter::create(const QString &file,
                                                                             const Facts &facts)
{
    std::array<char, sizeof(version)> number{};
    qToLittleEndian(version, number.data());
    const QByteArray beginning = QByteArray(magic.data(), magic.size()) +
                                 QByteArray(number.data(), number.size()) + pieceOf(write(facts), 0);
    const PieceFile::Words words{
        LUNARIS_SENTENCE("lunaris::capture",
                         "%1 is there already, and a capture does not write over it; choose another name"),
        LUNARIS_SENTENCE("lunaris::capture", "the capture in %1 ends here: %2")};
    auto made = PieceFile::create(QFile::encodeName(file).toStdString(), words, bytesOf(beginning));
    if (const auto *const problem = std::get_if<Sentence>(&made)) {
        return *problem;
    }
    return std::unique_ptr<CaptureWriter>(new CaptureWriter(std::get<PieceFile>(std::move(made))));
}

CaptureWriter::~CaptureWriter()
{
    finish();
}

void CaptureWriter::finish()
{
    if (!m_finished) {
        m_finished = true;
        append(writeEnd(m_frames - 1));
        flush();
    }
}

void CaptureWriter::add(const MonitorEventList &events, quint64 dropped)
{
    if (dropped > 0) {
        append(writeLoss(dropped));
    }
    for (const MonitorEvent &event : events) {
        const QByteArray frame = write(event);
        // None that a helper sends; but nobody could read on behind it.
        append(frame.size() > qsizetype{maximumFrame} ? writeLoss(1) : frame);
    }
    flush();
}

void CaptureWriter::append(const QByteArray &frame)
{
    m_waiting += pieceOf(frame, m_frames++);
}

void CaptureWriter::flush()
{
    m_file.append(bytesOf(m_waiting));
    m_waiting.clear();
}

Facts CaptureWriter::factsOfThisMachine()
{
    utsname names{};
    uname(&names);
    return {names.nodename, names.release,
            static_cast<std::uint64_t>(QDateTime::currentMSecsSinceEpoch()) * 1000};
}

} // namespace lunaris
