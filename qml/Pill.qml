// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// Floats over the table and says what waits below.
AbstractButton {
    id: pill

    implicitHeight: Theme.heightControl
    implicitWidth: implicitContentWidth + 28
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding
    focusPolicy: Qt.TabFocus

    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.onPressAction: clicked()

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Label {
        text: pill.text
        color: Theme.textOnAccent
        font.weight: Font.Medium
        font.pixelSize: Theme.sizeData
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        radius: height / 2
        color: pill.hovered || pill.down ? Theme.accentHover : Theme.accent

        FocusRing {
            radius: parent.radius + 3
            visible: pill.visualFocus
        }
    }
}
