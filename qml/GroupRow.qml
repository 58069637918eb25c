// SPDX-License-Identifier: MIT
import QtQuick

/// One group of events. The bar behind the name is its part of the largest group.
ListRow {
    id: row

    required property string name
    required property double events
    required property double share
    required property string bytes
    required property string first
    required property string last
    required property SummaryColumns columns
    required property bool path

    hint: nameCell.truncated ? name : ""

    component Data: Label {
        height: Theme.heightRow
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        font.preferShaping: false
        color: Theme.textSecondary
        horizontalAlignment: Text.AlignRight
    }

    Rectangle {
        x: row.columns.margin - 6
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(3, row.share * (row.columns.name + 6))
        height: parent.height - 6
        radius: 3
        color: Theme.tint(Theme.accent, Theme.dark ? 0.22 : 0.10)
        visible: !row.current
    }
    Label {
        id: nameCell

        x: row.columns.margin
        width: row.columns.name
        height: row.height
        text: row.name
        elide: Text.ElideMiddle
        font.family: row.path ? Theme.monospaceFont : Theme.interfaceFont
        font.pixelSize: Theme.sizeData
        font.weight: row.path ? Font.Normal : Font.Medium
        font.preferShaping: !row.path
    }
    Data {
        x: row.columns.eventsX
        width: row.columns.number
        text: Number(row.events).toLocaleString(Qt.locale(), "f", 0)
        color: Theme.text
    }
    Data {
        x: row.columns.bytesX
        width: row.columns.number
        text: row.bytes
    }
    Data {
        x: row.columns.firstX
        width: row.columns.time
        text: row.first
    }
    Data {
        x: row.columns.lastX
        width: row.columns.time
        text: row.last
    }
}
