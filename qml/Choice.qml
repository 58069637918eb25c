// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// One of a few things side by side, of which one is chosen. It shows what is the case; a click asks.
AbstractButton {
    id: choice

    property bool chosen: false

    implicitHeight: Theme.heightControl
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: 12
    rightPadding: 12
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding
    opacity: enabled ? 1 : 0.5

    Accessible.name: text
    Accessible.role: Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen
    Accessible.onPressAction: clicked()

    contentItem: Label {
        text: choice.text
        color: choice.chosen ? Theme.textOnAccent : Theme.text
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        radius: Theme.radiusButton
        color: {
            if (choice.chosen) {
                return Theme.accent;
            }
            return choice.hovered || choice.down ? Theme.rowHover : Theme.input;
        }
        border.color: choice.chosen ? "transparent" : Theme.borderStrong

        FocusRing {
            visible: choice.visualFocus
        }
    }
}
