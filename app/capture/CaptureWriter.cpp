// SPDX-License-Identifier: MIT
#include "app/capture/CaptureWriter.h"

#include <QDateTime>
#include <QtEndian>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/utsname.h>

namespace lunaris
{

using namespace capture;

std::variant<std::unique_ptr<CaptureWriter>, QString> CaptureWriter::create(const QString &file,
                                                                            const Facts &facts)
{
    // By its own call: the mode has to be there from the first moment on.
    const int fd = open(QFile::encodeName(file).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST
                   ? QStringLiteral(
                         "%1 is there already, and a capture does not write over it; choose another name")
                         .arg(file)
                   : QStringLiteral("%1 cannot be made: %2")
                         .arg(file, QString::fromLocal8Bit(std::strerror(errno)));
    }
    std::unique_ptr<CaptureWriter> writer(new CaptureWriter(file));
    writer->m_file.open(fd, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle);
    std::array<char, sizeof(version)> number{};
    qToLittleEndian(version, number.data());
    writer->m_waiting = QByteArray(magic.data(), magic.size()) + QByteArray(number.data(), number.size());
    writer->append(write(facts));
    writer->flush();
    if (!writer->problem().isEmpty()) {
        return writer->problem();
    }
    return writer;
}

CaptureWriter::~CaptureWriter()
{
    append(writeEnd(m_frames - 1));
    flush();
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
    std::array<char, 12> head{};
    qToLittleEndian(static_cast<quint32>(frame.size()), head.data());
    qToLittleEndian(quint64{checksum(frame, m_frames)}, head.data() + sizeof(quint32));
    m_waiting += QByteArray(head.data(), head.size()) + frame;
    ++m_frames;
}

void CaptureWriter::flush()
{
    const qint64 end = m_file.pos();
    if (m_problem.isEmpty() && m_file.write(m_waiting) != m_waiting.size()) {
        m_problem =
            QStringLiteral("the capture in %1 ends here: %2").arg(m_file.fileName(), m_file.errorString());
        // Half a frame would be taken for damage. If that fails too, it is.
        m_file.resize(end);
    }
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
