// SPDX-License-Identifier: MIT
#include "proto/pieces/PieceFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

std::variant<PieceFile, Sentence> PieceFile::create(const std::string &file, const Words &words,
                                                    std::span<const std::byte> first)
{
    // The mode has to be there from the first moment on.
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? Sentence(words.isThere, file)
                               : Sentence(LUNARIS_SENTENCE("lunaris::pieces", "%1 cannot be made: %2"), file,
                                          Sentence::asIs(std::strerror(errno)));
    }
    PieceFile made(file, words, fd);
    made.append(first);
    if (made.m_problem) {
        unlink(file.c_str());
        return *made.m_problem;
    }
    return made;
}

PieceFile::PieceFile(std::string name, const Words &words, int fd)
    : m_name(std::move(name)), m_words(words), m_fd(fd)
{
}

PieceFile::PieceFile(PieceFile &&other) noexcept
    : m_name(std::move(other.m_name))
    , m_words(other.m_words)
    , m_fd(std::exchange(other.m_fd, -1))
    , m_end(other.m_end)
    , m_problem(std::move(other.m_problem))
{
}

PieceFile::~PieceFile()
{
    if (m_fd >= 0) {
        close(m_fd);
    }
}

void PieceFile::append(std::span<const std::byte> piece)
{
    if (m_problem) {
        return;
    }
    std::size_t written = 0;
    while (written < piece.size()) {
        const ssize_t size = write(m_fd, piece.data() + written, piece.size() - written);
        if (size >= 0) {
            written += static_cast<std::size_t>(size);
        } else if (errno != EINTR) {
            m_problem = Sentence(m_words.endsHere, m_name, Sentence::asIs(std::strerror(errno)));
            // If that fails too, half of it is there, and is taken for damage.
            static_cast<void>(ftruncate(m_fd, static_cast<off_t>(m_end)) == 0);
            return;
        }
    }
    m_end += written;
}

} // namespace lunaris
