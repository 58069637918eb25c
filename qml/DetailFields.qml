// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// Every field of one event, to be read and copied.
Flickable {
    id: flick

    required property EventDetails details

    /// Where a name leaves too little room beside it, the text stands below.
    readonly property bool stacked: column.width < Theme.scaled(240)
    readonly property real nameWidth: stacked ? column.width : Theme.scaled(96)
    readonly property real textWidth: stacked ? column.width : Math.floor(column.width - nameWidth - 8)

    clip: true
    contentHeight: column.height
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: TableScrollBar {}

    component Name: Label {
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        elide: Text.ElideRight
    }
    component Content: TextEdit {
        id: content

        readOnly: true
        selectByMouse: true
        textFormat: TextEdit.PlainText
        horizontalAlignment: TextEdit.AlignLeft
        wrapMode: TextEdit.Wrap
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.textOnAccent
        font.pixelSize: Theme.sizeData
        renderType: Text.NativeRendering
        activeFocusOnTab: true
        Accessible.role: Accessible.StaticText

        FocusRing {
            anchors.margins: -2
            radius: Theme.radiusChip
            visible: parent.activeFocus
        }
        // Not by marks in the text, which would be copied.
        LeftToRight {
            document: content.textDocument
        }
    }

    FocusFollower {
        view: flick
    }
    Column {
        id: column

        x: flick.LayoutMirroring.enabled ? 12 : 0
        width: flick.width - 12
        spacing: 3

        Repeater {
            objectName: "detailFields"
            model: flick.details.fields

            Flow {
                id: line

                required property var modelData

                // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                // qmllint disable unqualified
                width: column.width
                spacing: flick.stacked ? 0 : 8

                Name {
                    width: flick.nameWidth
                    text: line.modelData.label
                }
                Content {
                    width: flick.textWidth
                    // qmllint enable unqualified
                    text: line.modelData.text
                    font.family: line.modelData.exact ? Theme.monospaceFont : Theme.interfaceFont
                    font.preferShaping: !line.modelData.exact
                    wrapMode: line.modelData.exact ? TextEdit.WrapAnywhere : TextEdit.Wrap
                    Accessible.name: qsTr("%1: %2").arg(line.modelData.label).arg(text)
                }
            }
        }
        Flow {
            visible: flick.details.parents.length > 0
            width: column.width
            spacing: flick.stacked ? 0 : 8

            Name {
                width: flick.nameWidth
                text: qsTr("Started by")
            }
            Content {
                objectName: "detailParents"
                width: flick.textWidth
                text: Array.from(flick.details.parents).map(parent => parent.name.length > 0
                    ? qsTr("%1 (%2)").arg(parent.name).arg(parent.pid) : parent.pid).join(" ← ")
                Accessible.name: qsTr("Started by: %1").arg(text)
            }
        }
    }
}
