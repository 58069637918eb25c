// SPDX-License-Identifier: MIT
#include "app/gui/Navigation.h"

namespace lunaris
{

const QStringList &Navigation::pages()
{
    static const QStringList names = {QStringLiteral("live"), QStringLiteral("summary"),
                                      QStringLiteral("statistics"), QStringLiteral("rules"),
                                      QStringLiteral("settings")};
    return names;
}

Navigation::Navigation(QObject *parent) : QObject(parent), m_page(pages().constFirst()) {}

void Navigation::setPage(const QString &page)
{
    if (page != m_page && pages().contains(page)) {
        m_page = page;
        Q_EMIT pageChanged();
    }
}

} // namespace lunaris
