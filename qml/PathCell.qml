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

    // A path reads from the left in every language, whatever stands in it.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    component Part: Label {
        property string path

        text: path.length > 0 ? "\u2066" + path + "\u2069" : ""
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

        width: Math.max(0, Math.min(implicitWidth, cell.room - fileNamePart.width))
        visible: width > 0
        path: cell.directory
        color: Theme.textSecondary
    }
    Part {
        id: fileNamePart

        // Elided text is narrower than the room it was given.
        x: directoryPart.x + Math.min(directoryPart.width, Math.ceil(directoryPart.contentWidth))
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
