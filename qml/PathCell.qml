// SPDX-License-Identifier: MIT
import QtQuick

/// A path. The directory steps back behind the file's name and is what gives way when the path is too long; it
/// gives way in its middle.
Item {
    id: cell

    property string directory
    property string fileName
    property bool deleted: false

    readonly property real room: width - (deleted ? deletedTag.width + 8 : 0)

    // Where the column begins. The path itself reads from the left in every language, whatever stands in it.
    readonly property real start: LayoutMirroring.enabled ? width - used : 0
    readonly property real used: directoryPart.shown + fileNamePart.width + (deleted ? deletedTag.width + 8 : 0)

    component Part: Label {
        property string path

        LayoutMirroring.enabled: false
        text: Theme.isolated(path)
        // qmllint disable unqualified
        height: cell.height
        // qmllint enable unqualified
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        // No ligatures: a path shows the characters that it has.
        font.preferShaping: false
        horizontalAlignment: Text.AlignLeft
        elide: Text.ElideMiddle
    }

    Part {
        id: directoryPart

        // Elided text is narrower than the room it was given.
        readonly property real shown: Math.min(width, Math.ceil(contentWidth))

        x: cell.start
        width: Math.max(0, Math.min(implicitWidth, cell.room - fileNamePart.width))
        visible: width > 0
        path: cell.directory
        color: Theme.textSecondary
    }
    Part {
        id: fileNamePart

        x: directoryPart.x + directoryPart.shown
        width: Math.min(implicitWidth, cell.room)
        path: cell.fileName
    }
    Tag {
        id: deletedTag

        x: fileNamePart.x + fileNamePart.width + 8
        anchors.verticalCenter: parent.verticalCenter
        visible: cell.deleted
        text: qsTr("deleted")
    }
}
