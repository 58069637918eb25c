// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// One highlight rule: its colour, its filter, its place.
Item {
    id: line

    required property HighlightRules rules
    required property int index
    required property string filter
    required property string tone
    required property string problem

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Highlight %1").arg(index + 1)

    implicitHeight: input.height + (complaint.visible ? complaint.height + 2 : 0)

    AbstractButton {
        id: swatch

        objectName: "highlightColor" + line.index
        anchors.left: parent.left
        width: Theme.heightControl
        height: Theme.heightControl
        text: qsTr("Colour: %1").arg(HighlightColors.names[line.tone])
        focusPolicy: Qt.TabFocus
        onClicked: colorMenu.popup(swatch, 0, height + 2)
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()

        Accessible.name: text
        Accessible.role: Accessible.ButtonMenu
        Accessible.onPressAction: clicked()

        contentItem: Item {
            Rectangle {
                anchors.centerIn: parent
                width: 16
                height: 16
                radius: Theme.radiusChip
                color: HighlightColors.hue(line.tone)
            }
        }
        background: Rectangle {
            radius: Theme.radiusButton
            color: swatch.hovered ? Theme.rowHover : "transparent"
            border.color: swatch.visualFocus ? Theme.accentText : Theme.borderStrong
        }
        PopupMenu {
            id: colorMenu

            objectName: "highlightColors" + line.index
            onOpened: currentIndex = 0

            Repeater {
                model: line.rules.colors

                PopupMenuItem {
                    required property string modelData

                    // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                    // qmllint disable unqualified
                    objectName: "color_" + modelData
                    text: HighlightColors.names[modelData]
                    leftPadding: mirrored ? 12 : 34
                    rightPadding: mirrored ? 34 : 12
                    onTriggered: line.rules.setColor(line.index, modelData)
                    // qmllint enable unqualified

                    Rectangle {
                        anchors.left: parent.left
                        anchors.leftMargin: 10
                        anchors.verticalCenter: parent.verticalCenter
                        width: 16
                        height: 16
                        radius: Theme.radiusChip
                        // qmllint disable unqualified
                        color: HighlightColors.hue(modelData)
                        // qmllint enable unqualified
                    }
                }
            }
        }
    }
    TextField {
        id: input

        objectName: "highlightFilter" + line.index
        anchors.left: swatch.right
        anchors.right: up.left
        anchors.leftMargin: 6
        anchors.rightMargin: 4
        height: Theme.heightControl
        topPadding: 0
        bottomPadding: 0
        horizontalAlignment: TextInput.AlignLeft
        verticalAlignment: Text.AlignVCenter
        text: line.filter
        color: Theme.text
        placeholderText: qsTr("Filter")
        placeholderTextColor: Theme.textSecondary
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        selectByMouse: true
        LayoutMirroring.childrenInherit: true
        LeftToRight {
            line: input
        }
        Accessible.name: qsTr("Filter of highlight %1").arg(line.index + 1)
        Accessible.description: line.problem
        onTextEdited: line.rules.setFilter(line.index, text)

        background: Rectangle {
            radius: Theme.radiusInput
            color: HighlightColors.ground(line.tone)
            border.color: line.problem.length > 0 ? Theme.error
                : input.activeFocus ? Theme.accentText : Theme.borderStrong
        }
    }
    QuietButton {
        id: up

        objectName: "highlightUp" + line.index
        anchors.right: remove.left
        y: 2
        text: "↑"
        enabled: line.index > 0
        Accessible.name: qsTr("Before the others")
        onClicked: line.rules.move(line.index, line.index - 1)
    }
    QuietButton {
        id: remove

        objectName: "highlightRemove" + line.index
        anchors.right: parent.right
        y: 2
        text: "×"
        Accessible.name: qsTr("Remove")
        onClicked: line.rules.remove(line.index)
    }
    Label {
        id: complaint

        anchors.left: input.left
        anchors.right: input.right
        anchors.top: input.bottom
        anchors.topMargin: 2
        visible: text.length > 0
        text: line.problem
        color: Theme.error
        font.pixelSize: Theme.sizeSmall
        wrapMode: Text.Wrap
    }
}
