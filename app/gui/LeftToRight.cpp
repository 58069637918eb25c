// SPDX-License-Identifier: MIT
#include "app/gui/LeftToRight.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QTextBlock>
#include <QTextCursor>

namespace lunaris
{

void LeftToRight::setLine(QQuickItem *line)
{
    m_line = line;
    if (line != nullptr) {
        // What a keyboard has a key for; there is no property.
        QKeyEvent key(QEvent::KeyPress, Qt::Key_Direction_L, Qt::NoModifier);
        QCoreApplication::sendEvent(line, &key);
    }
}

void LeftToRight::setDocument(QQuickTextDocument *document)
{
    m_document = document;
    if (document == nullptr) {
        return;
    }
    QTextDocument *const text = document->textDocument();
    connect(text, &QTextDocument::contentsChanged, this, [text] { direct(text); });
    direct(text);
}

void LeftToRight::direct(QTextDocument *text)
{
    // Another text is another block, which knows nothing of it.
    if (text->lastBlock().blockFormat().layoutDirection() != Qt::LeftToRight) {
        QTextBlockFormat format;
        format.setLayoutDirection(Qt::LeftToRight);
        QTextCursor all(text);
        all.select(QTextCursor::Document);
        all.mergeBlockFormat(format);
    }
}

} // namespace lunaris
