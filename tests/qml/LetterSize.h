// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_LETTERSIZE_H
#define LUNARIS_TESTS_QML_LETTERSIZE_H

#include <QFont>
#include <QGuiApplication>

namespace lunaris::test
{

/// As long as it lives, letters have this size on all of the desktop.
class LetterSize
{
public:
    explicit LetterSize(int pixels)
    {
        QFont font = m_before;
        font.setPixelSize(pixels);
        QGuiApplication::setFont(font);
    }
    ~LetterSize() { QGuiApplication::setFont(m_before); }
    Q_DISABLE_COPY_MOVE(LetterSize)

private:
    const QFont m_before = QGuiApplication::font();
};

} // namespace lunaris::test

#endif
