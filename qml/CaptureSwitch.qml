// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// Shows what the helper does, not what was asked of it: only `on` moves the knob, a click asks.
CheckBox {
    id: control

    property bool on: false

    checkState: on ? Qt.Checked : Qt.Unchecked
    nextCheckState: () => on ? Qt.Checked : Qt.Unchecked
    implicitHeight: Theme.heightControl
    implicitWidth: leftPadding + implicitContentWidth + rightPadding
    opacity: enabled ? 1 : 0.5
    padding: 2
    indicator: null

    Accessible.name: text
    Accessible.role: Accessible.CheckBox
    Accessible.onPressAction: clicked()
    Accessible.onToggleAction: clicked()

    contentItem: Row {
        spacing: 8

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: control.text
            font.weight: Font.Medium
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: 36
            height: 20
            radius: height / 2
            color: control.on ? (control.hovered ? Theme.accentHover : Theme.accent) : Theme.input
            border.color: control.on ? "transparent" : Theme.textSecondary

            Rectangle {
                x: control.on ? parent.width - width - 3 : 3
                anchors.verticalCenter: parent.verticalCenter
                width: 14
                height: 14
                radius: 7
                color: control.on ? Theme.textOnAccent : Theme.textSecondary

                Behavior on x {
                    NumberAnimation {
                        duration: Theme.motion
                        easing.type: Easing.OutCubic
                    }
                }
            }
            FocusRing {
                radius: parent.height / 2 + 3
                visible: control.visualFocus
            }
        }
    }
}
