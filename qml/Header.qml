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

    readonly property int line: Math.max(48, Theme.heightControl + 20)
    /// Whether all of it fits side by side.
    property bool wide

    implicitHeight: wide ? line : 2 * line - 12
    color: Theme.shell

    // Later, because the window overlooks another height while it gives this its width.
    Binding on wide {
        delayed: true
        value: navigationBar.implicitWidth + controls.implicitWidth + 40 <= header.width
    }
    NavigationBar {
        id: navigationBar

        anchors.left: parent.left
        // The first name of a page stands above the first column.
        anchors.leftMargin: 6
        height: header.line
        navigation: header.monitor.navigation
    }
    RowLayout {
        id: controls

        anchors.right: parent.right
        anchors.rightMargin: 16
        y: header.wide ? 0 : header.line - 12
        height: header.line
        spacing: 12

        Row {
            spacing: 7

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 7
                height: 7
                radius: 3.5
                color: header.tone
            }
            AlertText {
                objectName: "statusText"
                text: header.controller.statusText
                explanation: header.controller.watched
                color: Theme.textSecondary
                font.pixelSize: Theme.sizeData
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
            Layout.preferredWidth: Math.max(128, implicitWidth)
            prominent: header.live.frozen
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
