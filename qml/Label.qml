// SPDX-License-Identifier: MIT
import QtQuick

/// Text that is never taken for markup: much of it comes from file names and other programs.
Text {
    color: Theme.text
    font.family: Theme.interfaceFont
    font.pixelSize: Theme.sizeText
    textFormat: Text.PlainText
    // Where lines begin in the window, whatever direction the text has.
    horizontalAlignment: Text.AlignLeft
    verticalAlignment: Text.AlignVCenter
    renderType: Text.NativeRendering
}
