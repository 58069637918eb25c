// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// The pages, how the watch goes, and the two ways to stop it: for everyone, or for these eyes only.
Rectangle {
    id: header

    required property Monitor monitor
    /// What the Live page shows.
    required property LiveView live
    property alias pages: navigationBar.pages
    readonly property MonitorController controller: monitor.controller

    readonly property color tone: {
        switch (controller.condition) {
        case MonitorController.Watching:
            return Theme.success;
        case MonitorController.Paused:
            return Theme.warning;
        case MonitorController.Trouble:
            return Theme.error;
        default:
            return Theme.textSecondary;
        }
    }

    signal openWanted
    signal saveWanted(bool onlyShown)

    implicitHeight: 48
    color: Theme.shell

    RowLayout {
        anchors.fill: parent
        // The first name of a page stands above the first column.
        anchors.leftMargin: 6
        anchors.rightMargin: 16
        spacing: 12

        NavigationBar {
            id: navigationBar

            Layout.fillHeight: true
            navigation: header.monitor.navigation
        }
        Item {
            Layout.fillWidth: true
        }
        Row {
            spacing: 7

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 7
                height: 7
                radius: 3.5
                color: header.tone
            }
            Label {
                id: statusText

                objectName: "statusText"
                text: header.controller.statusText
                color: Theme.textSecondary
                font.pixelSize: Theme.sizeData
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
                Accessible.description: header.controller.watched

                Announcement {
                    item: statusText
                    text: statusText.text
                }
            }
            HoverHandler {
                id: statusHover
            }
            Hint {
                visible: statusHover.hovered
                text: header.controller.watched
                y: parent.height + 8
            }
        }
        FileButton {
            objectName: "fileButton"
            onOpenWanted: header.openWanted()
            onSaveWanted: onlyShown => header.saveWanted(onlyShown)
        }
        PushButton {
            id: freezeButton

            objectName: "freezeButton"
            Layout.preferredWidth: 128
            // Not `checkable`: a click asks, and the controller's answer is what shows.
            checked: header.live.frozen
            text: header.live.frozen ? qsTr("Unfreeze view") : qsTr("Freeze view")
            onClicked: header.live.frozen = !header.live.frozen

            Hint {
                visible: freezeButton.hovered
                text: qsTr("Holds this list still; capture goes on (Space)")
                y: freezeButton.height + 8
            }
        }
        PauseButton {
            pause: header.monitor.pause
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
