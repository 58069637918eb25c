// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// Stops capture for oneself or for everyone, for a while or until it is resumed; Ctrl+E opens it.
PushButton {
    id: button

    required property CapturePause pause

    objectName: "pauseButton"
    enabled: pause.possible
    tone: pause.on ? Theme.warning : "transparent"
    text: {
        if (!pause.on) {
            return qsTr("Pause capture");
        }
        return pause.countdown.length > 0 ? qsTr("Paused · %1").arg(pause.countdown) : qsTr("Paused");
    }
    // A running clock shall not make its neighbours twitch.
    implicitWidth: Math.max(128, implicitContentWidth + leftPadding + rightPadding)
    about: pause.explanation
    onClicked: menu.visible ? menu.close() : menu.popup(button, mirrored ? 0 : width - menu.width, height + 4)

    PauseChoices {
        id: choices
    }
    Shortcut {
        sequence: "Ctrl+E"
        enabled: button.enabled
        onActivated: button.clicked()
    }
    Hint {
        visible: button.hovered && !menu.visible
        text: button.pause.on ? button.pause.explanation
            : qsTr("Nothing is recorded while capture is paused (Ctrl+E)")
        x: button.mirrored ? 0 : button.width - width
        y: button.height + 8
    }
    PopupMenu {
        id: menu

        objectName: "pauseMenu"
        // On the first line that can be chosen.
        onOpened: currentIndex = button.pause.everyones ? 0 : button.pause.mine ? 1 : 3

        component PauseItem: PopupMenuItem {
            required property var choice

            objectName: choice.name
            text: choice.text
            // qmllint disable unqualified
            onTriggered: button.pause.pause(choice.whose, choice.seconds)
            // qmllint enable unqualified
        }
        component Line: MenuSeparator {
            padding: 4
            contentItem: Rectangle {
                implicitHeight: 1
                color: Theme.border
            }
        }

        PopupMenuItem {
            objectName: "resumeEveryone"
            visible: button.pause.everyones
            enabled: visible
            text: qsTr("Resume for everyone")
            onTriggered: button.pause.resume(CapturePause.Everyones)
        }
        PopupMenuItem {
            objectName: "resumeMine"
            visible: button.pause.mine
            enabled: visible
            text: qsTr("Resume for me")
            onTriggered: button.pause.resume(CapturePause.Mine)
        }
        Line {
            visible: button.pause.on
            height: visible ? implicitHeight : 0
        }
        PauseItem {
            choice: choices.mine[0]
        }
        PauseItem {
            choice: choices.mine[1]
        }
        PauseItem {
            choice: choices.mine[2]
        }
        Line {}
        PauseItem {
            choice: choices.everyones[0]
        }
        PauseItem {
            choice: choices.everyones[1]
        }
        PauseItem {
            choice: choices.everyones[2]
        }
    }
}
