// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// The list of highlight rules; the first that passes an event colours it.
Popup {
    id: popup

    required property LiveView live

    width: Math.min(Theme.scaled(460), parent.Window.width - 32)
    padding: 14
    focus: true
    onOpened: addButton.forceActiveFocus()

    // Not the content item: an id in there would make it at once.
    Column {
        width: popup.availableWidth
        spacing: 8

        Label {
            text: qsTr("Highlights")
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Label {
            width: parent.width
            text: qsTr("Rows that pass a filter get its colour; the first filter that fits decides.")
            color: Theme.textSecondary
            font.pixelSize: Theme.sizeData
            wrapMode: Text.Wrap
        }
        ListView {
            id: list

            objectName: "highlightList"
            width: parent.width
            height: Math.min(contentHeight, 260)
            spacing: 6
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: popup.live.highlights
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Highlights")

            delegate: HighlightLine {
                // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                // qmllint disable unqualified
                width: list.width
                rules: popup.live.highlights
                // qmllint enable unqualified
            }
        }
        PushButton {
            id: addButton

            objectName: "addHighlight"
            text: popup.live.filter.valid && popup.live.filter.text.length > 0 ? qsTr("Add the present filter")
                : qsTr("Add")
            onClicked: popup.live.highlights.add(popup.live.filter.valid ? popup.live.filter.text : "")
        }
    }
    background: Rectangle {
        color: Theme.card
        border.color: Theme.borderStrong
        radius: Theme.radiusCard
    }
}
