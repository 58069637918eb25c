// SPDX-License-Identifier: MIT
#include "app/gui/FilterProblem.h"

#include "app/format/DisplayText.h"

#include <algorithm>

namespace lunaris
{

FilterProblem::FilterProblem(const QString &filter, const filter::Error &error)
{
    const std::string utf8 = filter.toStdString();
    m_start = charactersIn(utf8, error.at.position);
    m_length = charactersIn(utf8, error.at.end()) - m_start;
    m_sentence = tr("Character %1: %2").arg(QString::number(m_start + 1), translated(error.sentence));
}

int FilterProblem::charactersIn(const std::string &utf8, std::size_t bytes)
{
    return static_cast<int>(
        QString::fromUtf8(utf8.data(), static_cast<qsizetype>(std::min(bytes, utf8.size()))).size());
}

} // namespace lunaris
