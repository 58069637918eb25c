// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_DAMAGEDCAPTURES_H
#define LUNARIS_TESTS_UNIT_DAMAGEDCAPTURES_H

#include "app/capture/CaptureFormat.h"
#include "tests/unit/ClientEvents.h"

#include <QByteArray>
#include <QList>
#include <QtEndian>

/// Captures that are damaged in every way that can be told, or are none.
namespace lunaris::test
{

struct DamagedCapture {
    const char *name;
    QByteArray bytes;
    qsizetype events; ///< that can be read
    QByteArray sentence;
};

inline QByteArray captureFrame(const QByteArray &content, quint64 number)
{
    QByteArray head(12, Qt::Uninitialized);
    qToLittleEndian(static_cast<quint32>(content.size()), head.data());
    qToLittleEndian(quint64{capture::checksum(content, number)}, head.data() + sizeof(quint32));
    return head + content;
}

inline QList<DamagedCapture> damagedCaptures()
{
    const QByteArray magic(capture::magic.data(), capture::magic.size());
    const QByteArray version = magic + QByteArray::fromHex("01000000");
    const QByteArray tooLarge = QByteArray::fromHex("ffffffff0000000000000000");
    const QByteArray beginning =
        version + captureFrame(capture::write(capture::Facts{"host", "6.1.0", 1}), 0);
    const QByteArray event = captureFrame(capture::write(openedHosts()), 1);
    const QByteArray end = captureFrame(capture::writeEnd(1), 2);
    const QByteArray open = beginning + event;
    QByteArray changed = open;
    changed.back() = static_cast<char>(changed.back() ^ 1);

    const QByteArray veryBeginning = "is damaged at its very beginning";
    const auto upTo = [](const QByteArray &whole, int events, const char *why) {
        return "can be read up to byte " + QByteArray::number(whole.size()) + ", " +
               QByteArray::number(events) + " events: " + why;
    };
    return {
        {"nothing", "", 0, "is no capture"},
        {"text", "Dear Sir or Madam,", 0, "is no capture"},
        {"no version", magic, 0, veryBeginning},
        {"the version to come", magic + QByteArray::fromHex("02000000"), 0,
         "is a capture of version 2, and this reads version 1; use a newer program"},
        {"begins with 4 GiB", version + tooLarge, 0, veryBeginning},
        {"no end", open, 1, upTo(open, 1, "it has no end: it was cut off, or is still being written")},
        {"cut in a head", open + end.first(5), 1, upTo(open, 1, "it was cut off")},
        {"cut in a frame", open + end.chopped(1), 1, upTo(open, 1, "it was cut off")},
        {"changed", changed, 0, upTo(beginning, 0, "the checksum is wrong")},
        {"4 GiB", open + tooLarge, 1, upTo(open, 1, "what follows is no event")},
        {"no event", open + captureFrame("Dear Sir", 2), 1, upTo(open, 1, "what follows is no event")},
        {"a frame too few", open + captureFrame(capture::writeEnd(2), 2), 1,
         upTo(open, 1, "there should be more of it")},
        {"a byte too many", open + end + 'x', 1, upTo(open, 1, "something follows its end")},
    };
}

} // namespace lunaris::test

#endif
