// SPDX-License-Identifier: MIT
import QtQuick

/// An application and how many events it made, in a panel.
Item {
    id: row

    required property string name
    required property double events
    required property double share
    required property string spoken

    height: Theme.heightRow

    Accessible.role: Accessible.ListItem
    Accessible.name: spoken

    Rectangle {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(3, row.share * parent.width)
        height: parent.height - 6
        radius: 3
        color: Theme.tint(Theme.accent, Theme.dark ? 0.22 : 0.10)
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: 6
        width: parent.width - count.width - 20
        height: parent.height
        text: row.name
        elide: Text.ElideRight
        font.pixelSize: Theme.sizeData
    }
    Label {
        id: count

        anchors.right: parent.right
        anchors.rightMargin: 6
        height: parent.height
        text: Number(row.events).toLocaleString(Qt.locale(), "f", 0)
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
    }
}
