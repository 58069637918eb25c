// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// One of a few things, all in sight: a click or an arrow key chooses.
FocusScope {
    id: segments

    required property list<string> texts
    required property string label
    property int current: 0

    signal chosen(int index)

    implicitWidth: row.implicitWidth
    implicitHeight: Theme.heightControl
    activeFocusOnTab: true

    Accessible.role: Accessible.Grouping
    Accessible.name: label
    Accessible.focusable: true
    Accessible.focused: activeFocus

    Keys.onLeftPressed: chosen(Math.max(0, current - 1))
    Keys.onRightPressed: chosen(Math.min(texts.length - 1, current + 1))

    Rectangle {
        anchors.fill: row
        radius: Theme.radiusButton
        color: Theme.input
        border.color: Theme.borderStrong
    }
    Row {
        id: row

        Repeater {
            model: segments.texts

            AbstractButton {
                id: segment

                required property int index
                required property string modelData

                // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                // qmllint disable unqualified
                readonly property bool chosen: segments.current === index
                objectName: segments.objectName + index
                onClicked: segments.chosen(index)
                // qmllint enable unqualified

                text: modelData
                height: Theme.heightControl
                leftPadding: 11
                rightPadding: 11
                topPadding: (height - implicitContentHeight) / 2
                bottomPadding: topPadding
                implicitWidth: implicitContentWidth + 22
                focusPolicy: Qt.NoFocus

                Accessible.name: text
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: chosen
                Accessible.onPressAction: clicked()
                Accessible.onToggleAction: clicked()

                contentItem: Label {
                    text: segment.text
                    color: segment.chosen ? Theme.textOnAccent : Theme.text
                    font.weight: segment.chosen ? Font.DemiBold : Font.Normal
                    horizontalAlignment: Text.AlignHCenter
                }
                background: Rectangle {
                    radius: Theme.radiusButton
                    color: segment.chosen ? Theme.accent : (segment.hovered ? Theme.rowHover : "transparent")
                }
            }
        }
    }
    FocusRing {
        visible: segments.activeFocus
    }
}
