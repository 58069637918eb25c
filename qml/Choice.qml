// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// One of a few things side by side, of which one is chosen. It shows what is the case; a click asks.
///
/// A RadioButton, because a control of Qt 6.4 falls back to its own role as soon as a screen reader is there.
RadioButton {
    id: choice

    property bool chosen: false

    checked: chosen
    autoExclusive: false
    indicator: null
    onClicked: checked = Qt.binding(() => chosen)

    implicitHeight: Theme.heightControl
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: 12
    rightPadding: 12
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding
    opacity: enabled ? 1 : 0.5

    Accessible.name: text
    Accessible.description: enabled ? "" : Theme.unavailable
    Accessible.onPressAction: clicked()
    Accessible.onToggleAction: clicked()

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
