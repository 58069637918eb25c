// SPDX-License-Identifier: MIT
import QtQuick

/// A number, a size or a time in a row of a list.
Label {
    height: Theme.heightRow
    font.family: Theme.monospaceFont
    font.pixelSize: Theme.sizeData
    font.preferShaping: false
    color: Theme.textSecondary
    // Digits stand below digits, wherever the column is.
    horizontalAlignment: LayoutMirroring.enabled ? Text.AlignLeft : Text.AlignRight
}
