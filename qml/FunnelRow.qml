// SPDX-License-Identifier: MIT
import QtQuick

/// A stage of the funnel; its bar is its share of all that was seen.
Item {
    id: row

    required property string title
    required property double count
    required property double share
    required property int level
    required property bool loss

    readonly property string countText: Number(count).toLocaleString(Qt.locale(), "f", 0)
    readonly property color tone: loss ? Theme.warning : level === 0 ? Theme.text : Theme.textSecondary

    implicitHeight: Theme.heightRow

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2").arg(title).arg(countText)

    Rectangle {
        id: track

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(parent.width * 0.44)
        height: 6
        radius: 3
        color: Theme.border

        Rectangle {
            anchors.left: parent.left
            width: row.count > 0 ? Math.max(2, parent.width * row.share) : 0
            height: parent.height
            radius: 3
            color: row.loss ? Theme.warning : row.level === 0 ? Theme.accentText : Theme.textDisabled
        }
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: row.level * 14
        anchors.right: number.left
        anchors.rightMargin: 8
        height: parent.height
        text: row.level === 2 ? Theme.isolated(row.title) : row.title
        color: row.tone
        elide: Text.ElideMiddle
        font.family: row.level === 2 ? Theme.monospaceFont : Theme.interfaceFont
        font.pixelSize: row.level === 2 ? Theme.sizeSmall : Theme.sizeData
        font.weight: row.level === 0 ? Font.DemiBold : Font.Normal
    }
    Label {
        id: number

        anchors.right: track.left
        anchors.rightMargin: 12
        height: parent.height
        text: row.countText
        color: row.tone
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        font.weight: row.level === 0 ? Font.DemiBold : Font.Normal
    }
}
