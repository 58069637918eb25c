// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_PIECES_PIECEFILE_H
#define LUNARIS_PROTO_PIECES_PIECEFILE_H

#include <cstddef>
#include <cstdint>
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
    /// Makes `file`, with its first piece; never writes into one that is there. `kind` is what it is called,
    /// as "capture". Else a sentence.
    static std::variant<PieceFile, std::string> create(const std::string &file, const std::string &kind,
                                                       std::span<const std::byte> first);

    PieceFile(PieceFile &&other) noexcept;
    PieceFile &operator=(PieceFile &&) = delete;
    ~PieceFile();

    /// Nothing, when there is a problem.
    void append(std::span<const std::byte> piece);

    /// Why no more is written: a sentence; empty while all is well.
    const std::string &problem() const { return m_problem; }

    /// False for one that was moved from.
    bool isOpen() const { return m_fd >= 0; }

    const std::string &name() const { return m_name; }

private:
    PieceFile(std::string name, std::string kind, int fd);

    std::string m_name;
    std::string m_kind;
    int m_fd;
    std::uint64_t m_end = 0; // of the last whole piece
    std::string m_problem;
};

} // namespace lunaris

#endif
