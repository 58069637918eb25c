// SPDX-License-Identifier: MIT
import QtQml
import org.lunaris.KernelMonitor.Gui

/// For whom and for how long capture can be paused, in the order and the words of the menus that offer it.
QtObject {
    readonly property var mine: [
        { name: "pauseMineQuarter", whose: CapturePause.Mine, seconds: 15 * 60, text: qsTr("For me: 15 minutes") },
        { name: "pauseMineHour", whose: CapturePause.Mine, seconds: 60 * 60, text: qsTr("For me: 1 hour") },
        { name: "pauseMine", whose: CapturePause.Mine, seconds: 0, text: qsTr("For me: until I resume") }
    ]
    readonly property var everyones: [
        { name: "pauseEveryoneQuarter", whose: CapturePause.Everyones, seconds: 15 * 60, text: qsTr("For everyone: 15 minutes") },
        { name: "pauseEveryoneHour", whose: CapturePause.Everyones, seconds: 60 * 60, text: qsTr("For everyone: 1 hour") },
        { name: "pauseEveryone", whose: CapturePause.Everyones, seconds: 0, text: qsTr("For everyone: until somebody resumes") }
    ]
}
