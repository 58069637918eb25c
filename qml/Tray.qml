// SPDX-License-Identifier: MIT
import QtQuick
import Qt.labs.platform as Platform
import org.lunaris.KernelMonitor.Gui

/// How the watch goes, in the desktop's tray. Only to be made where there is one: see TrayHost.
Platform.SystemTrayIcon {
    id: tray

    required property Monitor monitor
    readonly property MonitorController controller: monitor.controller
    readonly property CapturePause pause: monitor.pause
    readonly property PauseChoices choices: PauseChoices {}
    readonly property string condition: {
        if (pause.on) {
            return "paused";
        }
        switch (controller.condition) {
        case MonitorController.Connecting:
            return "connecting";
        case MonitorController.Watching:
            return controller.problem.length > 0 ? "problem" : "capturing";
        default:
            return "problem";
        }
    }

    signal windowWanted
    signal quitWanted

    component PauseItem: Platform.MenuItem {
        required property var choice

        text: choice.text
        // qmllint disable unqualified
        enabled: tray.pause.possible
        onTriggered: tray.pause.pause(choice.whose, choice.seconds)
        // qmllint enable unqualified
    }

    visible: true
    // The desktop draws it from its icon theme where we are installed.
    icon.name: "org.lunaris.KernelMonitor" + (condition === "connecting" ? "" : "-" + condition)
    icon.source: Qt.resolvedUrl("icons/" + condition + ".svg")
    tooltip: controller.problem.length > 0 ? qsTr("%1: %2").arg(controller.statusText).arg(controller.problem)
        : qsTr("%1: %2").arg(controller.statusText).arg(controller.watched)
    onActivated: reason => {
        if (reason !== Platform.SystemTrayIcon.Context) {
            tray.windowWanted();
        }
    }

    menu: Platform.Menu {
        Platform.MenuItem {
            enabled: false
            text: tray.controller.statusText
        }
        Platform.MenuItem {
            text: qsTr("Show the window")
            onTriggered: tray.windowWanted()
        }
        Platform.MenuSeparator {}
        Platform.MenuItem {
            visible: tray.pause.everyones
            text: qsTr("Resume for everyone")
            onTriggered: tray.pause.resume(CapturePause.Everyones)
        }
        Platform.MenuItem {
            visible: tray.pause.mine
            text: qsTr("Resume for me")
            onTriggered: tray.pause.resume(CapturePause.Mine)
        }
        // Not a menu of its own: Qt 6.4 makes none below that of a tray.
        Platform.MenuItem {
            enabled: false
            text: qsTr("Pause capture")
        }
        PauseItem {
            choice: tray.choices.mine[0]
        }
        PauseItem {
            choice: tray.choices.mine[1]
        }
        PauseItem {
            choice: tray.choices.mine[2]
        }
        PauseItem {
            choice: tray.choices.everyones[0]
        }
        PauseItem {
            choice: tray.choices.everyones[1]
        }
        PauseItem {
            choice: tray.choices.everyones[2]
        }
        Platform.MenuSeparator {}
        Platform.MenuItem {
            text: qsTr("Quit")
            onTriggered: tray.quitWanted()
        }
    }
}
