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

    hint: nameCell.truncated ? nameCell.text : ""

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.margin - 6
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(3, row.share * (row.columns.name + 6))
        height: parent.height - 6
        radius: 3
        color: Theme.tint(Theme.accent, Theme.dark ? 0.22 : 0.10)
        visible: !row.current
    }
    Label {
        id: nameCell

        anchors.left: parent.left
        anchors.leftMargin: row.columns.margin
        width: row.columns.name
        height: row.height
        text: row.path ? Theme.isolated(row.name) : row.name
        elide: Text.ElideMiddle
        font.family: row.path ? Theme.monospaceFont : Theme.interfaceFont
        font.pixelSize: Theme.sizeData
        font.weight: row.path ? Font.Normal : Font.Medium
        font.preferShaping: !row.path
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
        anchors.leftMargin: row.columns.bytesX
        width: row.columns.number
        text: row.bytes
    }
    DataCell {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.firstX
        visible: row.columns.times > 1
        width: row.columns.time
        text: row.first
    }
    DataCell {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.lastX
        visible: row.columns.times > 0
        width: row.columns.time
        text: row.last
    }
}
