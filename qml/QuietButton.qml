// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A button of second rank: no frame until the pointer or the keyboard is on it.
AbstractButton {
    id: button

    property bool on: false

    checked: on
    onClicked: checked = Qt.binding(() => on)

    implicitHeight: Theme.scaled(24)
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: 8
    rightPadding: 8
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding
    opacity: enabled ? 1 : 0.5
    focusPolicy: Qt.TabFocus

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.description: enabled ? "" : Theme.unavailable
    Accessible.onPressAction: clicked()

    contentItem: Label {
        text: button.text
        color: button.on ? Theme.accentText : button.hovered ? Theme.text : Theme.textSecondary
        font.pixelSize: Theme.sizeData
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        radius: Theme.radiusButton
        color: button.on ? Theme.tint(Theme.accent, Theme.dark ? 0.22 : 0.1)
            : button.hovered || button.down ? Theme.rowHover : "transparent"

        FocusRing {
            anchors.margins: -1
            visible: button.visualFocus
        }
    }
}
