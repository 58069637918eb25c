// SPDX-License-Identifier: MIT
#include "proto/pieces/PieceFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

std::variant<PieceFile, std::string> PieceFile::create(const std::string &file, const std::string &kind,
                                                       std::span<const std::byte> first)
{
    // The mode has to be there from the first moment on.
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? file + " is there already, and a " + kind +
                                     " does not write over it; choose another name"
                               : file + " cannot be made: " + std::strerror(errno);
    }
    PieceFile made(file, kind, fd);
    made.append(first);
    if (!made.m_problem.empty()) {
        unlink(file.c_str());
        return made.m_problem;
    }
    return made;
}

PieceFile::PieceFile(std::string name, std::string kind, int fd)
    : m_name(std::move(name)), m_kind(std::move(kind)), m_fd(fd)
{
}

PieceFile::PieceFile(PieceFile &&other) noexcept
    : m_name(std::move(other.m_name))
    , m_kind(std::move(other.m_kind))
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
    if (!m_problem.empty()) {
        return;
    }
    std::size_t written = 0;
    while (written < piece.size()) {
        const ssize_t size = write(m_fd, piece.data() + written, piece.size() - written);
        if (size >= 0) {
            written += static_cast<std::size_t>(size);
        } else if (errno != EINTR) {
            m_problem = "the " + m_kind + " in " + m_name + " ends here: " + std::strerror(errno);
            // If that fails too, half of it is there, and is taken for damage.
            static_cast<void>(ftruncate(m_fd, static_cast<off_t>(m_end)) == 0);
            return;
        }
    }
    m_end += written;
}

} // namespace lunaris
