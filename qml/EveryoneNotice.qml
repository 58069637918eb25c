// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// Says once, before it is so, what is to be seen of others.
Popup {
    id: notice

    required property ScopeChoice scope

    objectName: "everyoneNotice"
    anchors.centerIn: Overlay.overlay
    width: Math.min(Theme.scaled(520), parent.width - 64)
    padding: 24
    modal: true
    focus: true
    closePolicy: Popup.NoAutoClose
    visible: scope.asking
    onOpened: onlyMine.forceActiveFocus(Qt.TabFocusReason)

    Overlay.modal: Rectangle {
        color: Qt.rgba(0, 0, 0, 0.5)
    }
    background: Rectangle {
        color: Theme.card
        border.color: Theme.borderStrong
        radius: Theme.radiusDialog
    }
    ColumnLayout {
        id: body

        width: notice.availableWidth
        spacing: 12

        Accessible.role: Accessible.AlertMessage
        Accessible.name: heading.text
        Accessible.description: explanation.text
        Keys.onEscapePressed: notice.scope.decline()

        Announcement {
            item: body
            text: notice.opened ? heading.text : ""
        }
        Label {
            id: heading

            Layout.fillWidth: true
            text: qsTr("Show what everyone does?")
            font.pixelSize: Theme.sizeTitle
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        Label {
            id: explanation

            Layout.fillWidth: true
            text: qsTr("You will see which files every user of this machine opens and writes, which programs they run, and with whom these are connected: names of files and places, never what is in them. This also shows what system services and administrators do. Whoever has an account here may expect that you do not look without need.")
            wrapMode: Text.Wrap
            lineHeight: 1.25
        }
        RowLayout {
            Layout.topMargin: 8
            spacing: 8

            Item {
                Layout.fillWidth: true
            }
            PushButton {
                id: onlyMine

                objectName: "everyoneDecline"
                text: qsTr("Only mine")
                onClicked: notice.scope.decline()
                Keys.onEscapePressed: notice.scope.decline()
            }
            PushButton {
                objectName: "everyoneConfirm"
                prominent: true
                text: qsTr("Show everyone's activity")
                onClicked: notice.scope.confirm()
                Keys.onEscapePressed: notice.scope.decline()
            }
        }
    }
}
