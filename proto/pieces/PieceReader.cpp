// SPDX-License-Identifier: MIT
#include "proto/pieces/PieceReader.h"

#include <cstring>
#include <utility>

namespace lunaris
{

PieceReader::PieceReader(Source source) : m_source(std::move(source)) {}

bool PieceReader::read(void *to, std::size_t size)
{
    const Got got = size == 0 ? Got() : m_source(to, size);
    m_position += got.size;
    m_error = got.error;
    return got.size == size;
}

bool PieceReader::begin(void *head, std::size_t size)
{
    m_start = m_position;
    if (read(head, size)) {
        return true;
    }
    endBecause(m_position == m_start ? "it has no end: it was cut off, or is still being written"
                                     : "it was cut off");
    return false;
}

bool PieceReader::finish(void *body, std::size_t size)
{
    if (read(body, size)) {
        return true;
    }
    endBecause("it was cut off");
    return false;
}

bool PieceReader::check(bool isRight)
{
    if (!isRight) {
        endBecause("the checksum is wrong");
    }
    return isRight;
}

void PieceReader::expectEnd()
{
    char more = 0;
    if (read(&more, 1)) {
        endBecause("something follows its end");
    }
}

void PieceReader::endBecause(const std::string &why)
{
    m_why = m_error != 0 ? std::strerror(m_error) : why;
}

std::string PieceReader::problem(std::uint64_t count, const char *things) const
{
    return m_why.empty() ? std::string()
                         : "can be read up to byte " + std::to_string(m_start) + ", " +
                               std::to_string(count) + ' ' + things + ": " + m_why;
}

} // namespace lunaris
