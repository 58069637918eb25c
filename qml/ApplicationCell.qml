// SPDX-License-Identifier: MIT
import QtQuick

/// The name of an application and its icon; its first letter where it has none.
Item {
    id: cell

    property string name
    property string icon

    Rectangle {
        id: letter

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: 16
        height: 16
        radius: Theme.radiusChip
        visible: cell.icon.length === 0 && cell.name.length > 0
        color: Theme.tint(Theme.text, 0.08)

        Label {
            anchors.centerIn: parent
            text: cell.name.charAt(0).toUpperCase()
            color: Theme.textSecondary
            font.pixelSize: 10
            font.weight: Font.DemiBold
        }
    }
    Image {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: 16
        height: 16
        visible: cell.icon.length > 0
        source: cell.icon.length > 0 ? "image://application/" + cell.icon : ""
        sourceSize.width: 16
        sourceSize.height: 16
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: 23
        width: cell.width - 23
        height: cell.height
        text: cell.name
        font.pixelSize: Theme.sizeData
        font.weight: Font.Medium
        elide: Text.ElideRight
    }
}
