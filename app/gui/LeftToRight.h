// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_LEFTTORIGHT_H
#define LUNARIS_APP_GUI_LEFTTORIGHT_H

#include <QPointer>
#include <QQuickItem>
#include <QQuickTextDocument>
#include <QTextDocument>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// Lets a text that can be selected read from the left whatever letters it begins with, as paths and filters
/// do in every language. It changes nothing in the text, so nothing of it is copied.
class LeftToRight : public QObject
{
    Q_OBJECT
    QML_ELEMENT

public:
    using QObject::QObject;

    Q_PROPERTY(QQuickItem *line READ line WRITE setLine)
    /// A TextInput, or a field that is one.
    QQuickItem *line() const { return m_line; }
    void setLine(QQuickItem *line);

    Q_PROPERTY(QQuickTextDocument *document READ document WRITE setDocument)
    /// That of a TextEdit.
    QQuickTextDocument *document() const { return m_document; }
    void setDocument(QQuickTextDocument *document);

private:
    static void direct(QTextDocument *text);

    QPointer<QQuickItem> m_line;
    QPointer<QQuickTextDocument> m_document;
};

} // namespace lunaris

#endif
