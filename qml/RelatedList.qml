// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// Other events that have something to do with one, the latest first; choosing one goes there.
Item {
    id: related

    required property string title
    required property string emptyText
    property alias events: list.model
    property bool paths: false

    signal chosen(double number)

    Label {
        id: heading

        anchors.left: parent.left
        text: related.title
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Label {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: list.top
        wrapMode: Text.Wrap
        visible: list.count === 0 && height <= list.height
        text: related.emptyText
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeData
    }
    ListView {
        id: list

        anchors.top: heading.bottom
        anchors.topMargin: 6
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: count > 0
        keyNavigationEnabled: true
        Keys.onReturnPressed: {
            if (currentIndex >= 0) {
                related.chosen(related.events[currentIndex].number);
            }
        }
        Accessible.role: Accessible.List
        Accessible.name: related.title
        ScrollBar.vertical: TableScrollBar {}

        delegate: Rectangle {
            id: line

            required property int index
            required property var modelData

            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            objectName: "related" + modelData.number
            width: list.width
            height: Theme.scaled(20)
            radius: Theme.radiusChip
            color: list.activeFocus && list.currentIndex === index ? Theme.rowCurrent
                : pointer.containsMouse ? Theme.rowHover : "transparent"

            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.time + ", " + modelData.operation + ", " + modelData.about

            Label {
                id: time

                anchors.left: parent.left
                height: parent.height
                text: line.modelData.time
                color: Theme.textSecondary
                font.family: Theme.monospaceFont
                font.pixelSize: Theme.sizeSmall
            }
            Label {
                id: operation

                anchors.left: time.right
                anchors.leftMargin: 10
                width: Theme.scaled(84)
                height: parent.height
                text: line.modelData.operation
                color: Theme.textSecondary
                font.pixelSize: Theme.sizeSmall
                elide: Text.ElideRight
            }
            Label {
                anchors.left: operation.right
                anchors.leftMargin: 6
                anchors.right: parent.right
                anchors.rightMargin: 10
                height: parent.height
                text: related.paths ? Theme.isolated(line.modelData.about) : line.modelData.about
                font.family: related.paths ? Theme.monospaceFont : Theme.interfaceFont
                font.pixelSize: Theme.sizeSmall
                font.preferShaping: !related.paths
                elide: Text.ElideMiddle
            }
            MouseArea {
                id: pointer

                anchors.fill: parent
                hoverEnabled: true
                onClicked: {
                    list.currentIndex = line.index;
                    related.chosen(line.modelData.number);
                }
            }
            // qmllint enable unqualified
        }
    }
}
