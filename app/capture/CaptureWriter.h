// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CAPTURE_CAPTUREWRITER_H
#define LUNARIS_APP_CAPTURE_CAPTUREWRITER_H

#include "app/capture/CaptureFormat.h"
#include "proto/pieces/PieceFile.h"

#include <QString>
#include <memory>
#include <utility>
#include <variant>

namespace lunaris
{

/// Writes a capture, for its owner's eyes only. Not thread-safe; writing may wait for the disk.
class CaptureWriter
{
public:
    /// Makes `file`; never writes into one that is there. Else a sentence.
    static std::variant<std::unique_ptr<CaptureWriter>, Sentence> create(const QString &file,
                                                                         const capture::Facts &facts);

    ~CaptureWriter();
    CaptureWriter(const CaptureWriter &) = delete;
    CaptureWriter &operator=(const CaptureWriter &) = delete;

    /// Writes a batch to the file, and the loss before it: a crash of the program loses nothing of it.
    void add(const MonitorEventList &events, quint64 dropped);

    /// Writes the end; nothing can be added any more. The destructor does that too, but cannot say how it
    /// went.
    void finish();

    /// Why no more is written; nothing while all is well.
    const std::optional<Sentence> &problem() const { return m_file.problem(); }

    /// What this machine says of itself, now.
    static capture::Facts factsOfThisMachine();

private:
    explicit CaptureWriter(PieceFile file) : m_file(std::move(file)) {}
    void append(const QByteArray &frame);
    void flush();

    PieceFile m_file;
    QByteArray m_waiting;
    std::uint64_t m_frames = 1; // that of the facts
    bool m_finished = false;
};

} // namespace lunaris

#endif
