// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A button; a checkable one is filled while it is checked, a prominent one always.
Button {
    id: button

    property bool prominent: false
    /// What it is about, for who does not see what stands beside it.
    property string about
    /// Of its text and border, where it is to be seen that something is unusual.
    property color tone: "transparent"
    readonly property bool toned: tone.a > 0
    readonly property bool filled: checked || prominent

    implicitHeight: Theme.heightControl
    leftPadding: 12
    rightPadding: 12
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding
    opacity: enabled ? 1 : 0.5

    Accessible.name: text
    Accessible.role: Accessible.Button
    Accessible.description: enabled ? about : Theme.unavailable
    Accessible.onPressAction: clicked()

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Label {
        text: button.text
        font.weight: Font.Medium
        color: button.filled ? Theme.textOnAccent : button.toned ? button.tone : Theme.text
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        radius: Theme.radiusButton
        color: {
            if (button.filled) {
                return button.hovered || button.down ? Theme.accentHover : Theme.accent;
            }
            return button.hovered || button.down ? Theme.rowHover : Theme.input;
        }
        border.color: button.filled ? "transparent" : button.toned ? button.tone : Theme.borderStrong

        FocusRing {
            visible: button.visualFocus
        }
    }
}
