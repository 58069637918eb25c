// SPDX-License-Identifier: MIT
//
// Anything as a capture: read as `export` does it, and once more with the checksums set right, so that what
// lies behind them is reached. What does not hold ends the program.
#include "app/capture/CaptureReader.h"

#include <QBuffer>
#include <QtEndian>
#include <cstdint>
#include <cstdlib>
#include <cstring>

using namespace lunaris;

namespace
{

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

void readAll(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    CaptureReader reader(buffer);
    qsizetype events = 0;
    while (const auto item = reader.next()) {
        if (const auto *const event = std::get_if<MonitorEvent>(&*item)) {
            ++events;
            // What was read can be written and is the same then.
            require(capture::readEvent(capture::write(*event)) == *event);
        }
        require(events <= bytes.size());
    }
    require(!reader.next());
}

/// The same capture with a good beginning and good checksums.
QByteArray repaired(const QByteArray &bytes)
{
    constexpr qsizetype head = 12;
    QByteArray whole(capture::magic.data(), capture::magic.size());
    whole += QByteArray::fromHex("01000000");
    qsizetype at = whole.size();
    for (std::uint64_t number = 0; at + head <= bytes.size(); ++number) {
        const qsizetype size = qFromLittleEndian<quint16>(bytes.constData() + at) % 512;
        const QByteArray frame = bytes.mid(at + head, size);
        char start[head];
        qToLittleEndian(static_cast<quint32>(frame.size()), start);
        qToLittleEndian(quint64{capture::checksum(frame, number)}, start + 4);
        whole += QByteArray(start, head) + frame;
        at += head + frame.size();
    }
    return whole;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    readAll(bytes);
    readAll(repaired(bytes));
    return 0;
}
