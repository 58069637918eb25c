// SPDX-License-Identifier: MIT
import QtQuick

/// One process, so deep below the others.
ListRow {
    id: row

    required property string name
    required property int pid
    required property string owner
    required property int depth
    required property bool parental
    required property bool open
    required property double events
    required property double eventsBelow
    required property string bytes
    required property bool ended
    required property string detail
    required property ProcessColumns columns

    // However deep it goes, a name has to have room.
    readonly property real indent: columns.margin + Math.min(depth, 14) * 16

    hint: detail

    function isToggle(x: real): bool {
        return parental && x >= indent - 4 && x < indent + 16;
    }

    Label {
        anchors.left: parent.left
        anchors.leftMargin: row.indent
        height: row.height
        visible: row.parental
        text: row.open ? "▾" : LayoutMirroring.enabled ? "◂" : "▸"
        color: Theme.textSecondary
    }
    Label {
        id: nameCell

        anchors.left: parent.left
        anchors.leftMargin: row.indent + 18
        width: Math.min(implicitWidth, row.columns.name - row.indent - 18 + row.columns.margin - (row.ended ? endedTag.width + 8 : 0))
        height: row.height
        text: row.name
        elide: Text.ElideRight
        color: row.ended ? Theme.textSecondary : Theme.text
        font.weight: Font.Medium
        font.pixelSize: Theme.sizeData
    }
    Tag {
        id: endedTag

        anchors.left: nameCell.right
        anchors.leftMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        visible: row.ended
        text: qsTr("ended")
    }
    DataCell {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.pidX
        width: row.columns.pid
        text: row.pid
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.ownerX
        visible: row.columns.owner > 0
        width: row.columns.owner
        height: row.height
        text: row.owner
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeData
        elide: Text.ElideRight
    }
    DataCell {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.eventsX
        width: row.columns.number
        text: Number(row.events).toLocaleString(Qt.locale(), "f", 0)
        color: Theme.text
    }
    DataCell {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.belowX
        width: row.columns.number
        text: row.parental ? Number(row.eventsBelow).toLocaleString(Qt.locale(), "f", 0) : ""
    }
    DataCell {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.bytesX
        width: row.columns.number
        text: row.bytes
    }
}
