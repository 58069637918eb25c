// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts

/// What can be set, what it means, and the controls for it.
RowLayout {
    id: line

    property string label
    property string explanation
    default property alias controls: room.data

    Layout.fillWidth: true
    spacing: 24

    Column {
        Layout.fillWidth: true
        spacing: 3

        Label {
            width: parent.width
            text: line.label
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        Label {
            width: parent.width
            visible: text.length > 0
            text: line.explanation
            color: Theme.textSecondary
            font.pixelSize: Theme.sizeData
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    Row {
        id: room

        spacing: 8
    }
}
