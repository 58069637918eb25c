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
    if (m_position == m_start) {
        endBecause(
            LUNARIS_SENTENCE("lunaris::pieces", "it has no end: it was cut off, or is still being written"));
    } else {
        endBecause(LUNARIS_SENTENCE("lunaris::pieces", "it was cut off"));
    }
    return false;
}

bool PieceReader::finish(void *body, std::size_t size)
{
    if (read(body, size)) {
        return true;
    }
    endBecause(LUNARIS_SENTENCE("lunaris::pieces", "it was cut off"));
    return false;
}

bool PieceReader::check(bool isRight)
{
    if (!isRight) {
        endBecause(LUNARIS_SENTENCE("lunaris::pieces", "the checksum is wrong"));
    }
    return isRight;
}

void PieceReader::expectEnd()
{
    char more = 0;
    if (read(&more, 1)) {
        endBecause(LUNARIS_SENTENCE("lunaris::pieces", "something follows its end"));
    }
}

void PieceReader::endBecause(const Sentence &why)
{
    m_why = m_error != 0 ? Sentence::asIs(std::strerror(m_error)) : why;
}

std::optional<Sentence> PieceReader::problem(Sentence::Pattern pattern, std::uint64_t count) const
{
    return m_why ? std::optional(Sentence(pattern, m_start, count, *m_why)) : std::nullopt;
}

} // namespace lunaris
