// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_FILTERPROBLEM_H
#define LUNARIS_APP_GUI_FILTERPROBLEM_H

#include "dbus/filter/Error.h"

#include <QCoreApplication>
#include <QString>
#include <string>

namespace lunaris
{

/// What is wrong with a filter that a person has typed; nothing, as it is made. The filter language counts
/// bytes, people count characters.
class FilterProblem
{
    Q_DECLARE_TR_FUNCTIONS(lunaris::FilterProblem)

public:
    FilterProblem() = default;
    FilterProblem(const QString &filter, const filter::Error &error);

    /// One sentence in the person's language, with the place; empty where nothing is wrong.
    const QString &sentence() const { return m_sentence; }
    /// In characters from the first.
    int start() const { return m_start; }
    /// 0 where something is missing.
    int length() const { return m_length; }

    /// How many characters of a text so many bytes of its UTF-8 are.
    static int charactersIn(const std::string &utf8, std::size_t bytes);

private:
    QString m_sentence;
    int m_start = 0;
    int m_length = 0;
};

} // namespace lunaris

#endif
