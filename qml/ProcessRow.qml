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

    component Data: Label {
        height: Theme.heightRow
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        color: Theme.textSecondary
        horizontalAlignment: Text.AlignRight
    }

    Label {
        x: row.indent
        height: row.height
        visible: row.parental
        text: row.open ? "▾" : "▸"
        color: Theme.textSecondary
    }
    Label {
        id: nameCell

        x: row.indent + 18
        width: Math.min(implicitWidth, row.columns.name - x + row.columns.margin - (row.ended ? endedTag.width + 8 : 0))
        height: row.height
        text: row.name
        elide: Text.ElideRight
        color: row.ended ? Theme.textSecondary : Theme.text
        font.weight: Font.Medium
        font.pixelSize: Theme.sizeData
    }
    Tag {
        id: endedTag

        x: nameCell.x + nameCell.width + 8
        anchors.verticalCenter: parent.verticalCenter
        visible: row.ended
        text: qsTr("ended")
    }
    Data {
        x: row.columns.pidX
        width: row.columns.pid
        text: row.pid
    }
    Label {
        x: row.columns.ownerX
        width: row.columns.owner
        height: row.height
        text: row.owner
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeData
        elide: Text.ElideRight
    }
    Data {
        x: row.columns.eventsX
        width: row.columns.number
        text: Number(row.events).toLocaleString(Qt.locale(), "f", 0)
        color: Theme.text
    }
    Data {
        x: row.columns.belowX
        width: row.columns.number
        text: row.parental ? Number(row.eventsBelow).toLocaleString(Qt.locale(), "f", 0) : ""
    }
    Data {
        x: row.columns.bytesX
        width: row.columns.number
        text: row.bytes
    }
}
