// SPDX-License-Identifier: MIT
import QtQuick

/// One event. The directory steps back behind the file's name and is what gives way when the path
/// is too long; it gives way in its middle.
Rectangle {
    id: row

    required property double number
    required property string time
    required property string program
    required property int pid
    required property string owner
    required property string directory
    required property string fileName
    required property bool deleted
    required property string detail

    required property TableColumns columns
    required property bool hovered
    required property bool current
    required property bool focused

    readonly property real pathWidth: width - columns.pathX - columns.margin
        - (deleted ? deletedTag.width + 8 : 0)

    height: Theme.heightRow
    color: current ? Theme.rowCurrent : (hovered ? Theme.rowHover : "transparent")

    Accessible.role: Accessible.Row
    Accessible.name: qsTr("%1, %2, process %3, user %4, %5%6").arg(time).arg(program).arg(pid).arg(owner)
        .arg(directory).arg(fileName)
    Accessible.selected: current

    component Cell: Label {
        height: Theme.heightRow
        font.pixelSize: Theme.sizeData
        elide: Text.ElideRight
    }
    component DataCell: Cell {
        font.family: Theme.monospaceFont
        // No ligatures: a path shows the characters that it has.
        font.preferShaping: false
    }

    Rectangle {
        width: 2
        height: parent.height
        color: Theme.accentText
        visible: row.current && row.focused
    }
    DataCell {
        x: row.columns.timeX
        text: row.time
        color: Theme.textSecondary
    }
    Cell {
        x: row.columns.programX
        width: row.columns.program
        text: row.program
        font.weight: Font.Medium
    }
    DataCell {
        x: row.columns.pidX
        width: row.columns.pid
        text: row.pid
        color: Theme.textSecondary
        horizontalAlignment: Text.AlignRight
    }
    Cell {
        x: row.columns.ownerX
        width: row.columns.owner
        text: row.owner
        color: Theme.textSecondary
    }
    DataCell {
        id: directoryCell

        x: row.columns.pathX
        width: Math.max(0, Math.min(implicitWidth, row.pathWidth - fileNameCell.width))
        visible: width > 0
        text: row.directory
        color: Theme.textSecondary
        elide: Text.ElideMiddle
    }
    DataCell {
        id: fileNameCell

        // Elided text is narrower than the room it was given.
        x: directoryCell.x + Math.min(directoryCell.width, Math.ceil(directoryCell.contentWidth))
        width: Math.min(implicitWidth, row.pathWidth)
        text: row.fileName
        elide: Text.ElideMiddle
    }
    Tag {
        id: deletedTag

        x: fileNameCell.x + fileNameCell.width + 8
        anchors.verticalCenter: parent.verticalCenter
        visible: row.deleted
        text: qsTr("deleted")
    }
}
