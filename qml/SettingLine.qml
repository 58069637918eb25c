// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts

/// What can be set, what it means, and the controls for it.
GridLayout {
    id: line

    property string label
    property string explanation
    default property alias controls: room.data

    Layout.fillWidth: true
    // Below, where they would leave too little for the words.
    columns: room.implicitWidth > width * 0.6 ? 1 : 2
    columnSpacing: 24
    rowSpacing: 8

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
