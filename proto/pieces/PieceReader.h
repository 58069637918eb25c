// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_PIECES_PIECEREADER_H
#define LUNARIS_PROTO_PIECES_PIECEREADER_H

#include "proto/sentence/Sentence.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

namespace lunaris
{

/// Reads a file of pieces up to the first that is not whole, and says where and why that was. What a piece
/// consists of, and its checksum, is the caller's. Not thread-safe.
class PieceReader
{
public:
    /// What came of reading; `error` is an errno, or 0.
    struct Got {
        std::size_t size = 0;
        int error = 0;
    };

    /// Reads `size` bytes; fewer at the end of the file only, and when it fails.
    using Source = std::function<Got(void *to, std::size_t size)>;

    explicit PieceReader(Source source);

    /// What stands before the pieces. False when there is less, or error() says why.
    bool read(void *to, std::size_t size);

    /// Begins the next piece: what stands before it was whole. False, and that is the end, when there is
    /// none or only a part of its head.
    bool begin(void *head, std::size_t size);

    /// The rest of a piece. False, and that is the end, when it is cut off.
    bool finish(void *body, std::size_t size);

    /// False, and that is the end, when a checksum is not what it should be.
    bool check(bool isRight);

    /// That was the last piece: nothing may follow.
    void expectEnd();

    /// No more is read; `why` is a sentence's end.
    void endBecause(const Sentence &why);

    /// "can be read up to byte 1234, 56 events: it was cut off", by a pattern for the byte, `count` and the
    /// reason; nothing if all was well.
    std::optional<Sentence> problem(Sentence::Pattern pattern, std::uint64_t count) const;

    int error() const { return m_error; }

private:
    Source m_source;
    std::uint64_t m_position = 0; // in the file
    std::uint64_t m_start = 0;    // of the piece, in the file
    int m_error = 0;
    std::optional<Sentence> m_why;
};

} // namespace lunaris

#endif
