// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_ANNOUNCEMENT_H
#define LUNARIS_APP_GUI_ANNOUNCEMENT_H

#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// Tells screen readers of news: whenever `text` is another one, an alert comes from `item`, whose
/// accessible name says it. (Accessible.announce() is younger than Qt 6.4.)
class Announcement : public QObject
{
    Q_OBJECT
    QML_ELEMENT

public:
    using QObject::QObject;

    Q_PROPERTY(QObject *item READ item WRITE setItem)
    QObject *item() const { return m_item; }
    void setItem(QObject *item) { m_item = item; }

    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    const QString &text() const { return m_text; }
    void setText(const QString &text);

Q_SIGNALS:
    void textChanged();

    /// The alert has been sent.
    void announced();

private:
    void announce();

    QPointer<QObject> m_item;
    QString m_text;
    bool m_due = false; // what is followed by another at once is not said
};

} // namespace lunaris

#endif
