// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_PIECES_PIECEFILE_H
#define LUNARIS_PROTO_PIECES_PIECEFILE_H

#include "proto/sentence/Sentence.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>

namespace lunaris
{

/// A new file, for its owner's eyes only, that grows by whole pieces: of one that does not fit nothing is
/// left, as half of it would be taken for damage. Not thread-safe; writing may wait for the disk.
class PieceFile
{
public:
    /// How a kind of file is spoken of; %1 is the file.
    struct Words {
        Sentence::Pattern isThere;  ///< why one that is there already is left alone
        Sentence::Pattern endsHere; ///< why no more is written: %2
    };

    /// Makes `file`, with its first piece; never writes into one that is there. Else a sentence.
    static std::variant<PieceFile, Sentence> create(const std::string &file, const Words &words,
                                                    std::span<const std::byte> first);

    PieceFile(PieceFile &&other) noexcept;
    PieceFile &operator=(PieceFile &&) = delete;
    ~PieceFile();

    /// Nothing, when there is a problem.
    void append(std::span<const std::byte> piece);

    /// Why no more is written; nothing while all is well.
    const std::optional<Sentence> &problem() const { return m_problem; }

    /// False for one that was moved from.
    bool isOpen() const { return m_fd >= 0; }

    const std::string &name() const { return m_name; }

private:
    PieceFile(std::string name, const Words &words, int fd);

    std::string m_name;
    Words m_words;
    int m_fd;
    std::uint64_t m_end = 0; // of the last whole piece
    std::optional<Sentence> m_problem;
};

} // namespace lunaris

#endif
