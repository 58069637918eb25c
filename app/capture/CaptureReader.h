// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CAPTURE_CAPTUREREADER_H
#define LUNARIS_APP_CAPTURE_CAPTUREREADER_H

#include "app/capture/CaptureFormat.h"
#include "proto/pieces/PieceReader.h"

#include <QIODevice>
#include <optional>
#include <variant>

namespace lunaris
{

/// Reads a capture, frame by frame: in memory that does not depend on what is in it. Of one that is damaged
/// or cut off it gives everything up to there. Not thread-safe.
class CaptureReader
{
public:
    /// So many events were skipped here when the capture was made.
    struct Loss {
        std::uint64_t events;
    };
    using Item = std::variant<MonitorEvent, Loss>;

    /// Reads the beginning of `device`, which is open and outlives the reader. What is wrong with it is
    /// problem().
    explicit CaptureReader(QIODevice &device);

    /// The next event or loss; nothing at the end, see problem().
    std::optional<Item> next();

    const capture::Facts &facts() const { return m_facts; }

    /// Why it cannot be read, or where and why it ended before its end: a sentence without the file's name,
    /// as "can be read up to byte 1234, 56 events: it was cut off"; nothing if all is well.
    std::optional<Sentence> problem() const;

private:
    std::optional<Sentence> readBeginning();
    /// What the next frame holds; nothing when there is none.
    std::optional<QByteArray> readFrame();

    PieceReader m_pieces;
    capture::Facts m_facts;
    std::uint64_t m_frames = 0; // read, with that of the facts
    std::uint64_t m_events = 0; // given out
    bool m_ended = false;
    std::optional<Sentence> m_beginning; // why it is none
};

} // namespace lunaris

#endif
