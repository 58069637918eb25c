// SPDX-License-Identifier: MIT
import QtQuick

/// The names of the columns.
Rectangle {
    id: header

    required property TableColumns columns

    implicitHeight: 28
    color: Theme.card

    component Name: Label {
        height: parent.height
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        font.weight: Font.Medium
        Accessible.role: Accessible.ColumnHeader
        Accessible.name: text
    }

    Name {
        x: header.columns.timeX
        text: qsTr("Time")
    }
    Name {
        x: header.columns.programX
        text: qsTr("Program")
    }
    Name {
        x: header.columns.pidX
        width: header.columns.pid
        text: qsTr("PID")
        horizontalAlignment: Text.AlignRight
    }
    Name {
        x: header.columns.ownerX
        text: qsTr("User")
    }
    Name {
        x: header.columns.pathX
        text: qsTr("Path")
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
