// SPDX-License-Identifier: MIT
import QtQuick

/// A sentence that explains what stands beside it.
Label {
    color: Theme.textSecondary
    font.pixelSize: Theme.sizeData
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
