// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A tool tip.
ToolTip {
    id: hint

    property int maximumWidth: 480
    property string family: Theme.interfaceFont

    delay: 500
    padding: 8
    width: Math.min(implicitWidth, maximumWidth)

    contentItem: Label {
        text: hint.text
        font.family: hint.family
        font.pixelSize: Theme.sizeData
        font.preferShaping: false
        wrapMode: Text.Wrap
    }
    background: Rectangle {
        color: Theme.card
        border.color: Theme.borderStrong
        radius: Theme.radiusButton
    }
}
