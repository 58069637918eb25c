// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_NAVIGATION_H
#define LUNARIS_APP_GUI_NAVIGATION_H

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// Which page of the window is on top. The pages themselves, in this order, are in Main.qml.
class Navigation : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// What the pages are called, on the command line too.
    static const QStringList &pages();

    explicit Navigation(QObject *parent = nullptr);

    Q_PROPERTY(QString page READ page WRITE setPage NOTIFY pageChanged)
    /// One of pages(); what is none of them changes nothing.
    const QString &page() const { return m_page; }
    void setPage(const QString &page);

Q_SIGNALS:
    void pageChanged();

private:
    QString m_page;
};

} // namespace lunaris

#endif
