// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The counters.
Rectangle {
    id: bar

    required property MonitorController controller

    implicitHeight: 30
    color: Theme.shell

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    Counter {
        objectName: "shownCounter"
        anchors.left: parent.left
        anchors.leftMargin: 16
        height: bar.height
        label: qsTr("In this list")
        value: bar.controller.rows.total
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: 16
        spacing: 20

        Counter {
            objectName: "seenCounter"
            height: bar.height
            known: bar.controller.statisticsKnown
            label: qsTr("Seen")
            value: bar.controller.seen
            explanation: qsTr("Opens on this machine since the helper started")
        }
        Counter {
            objectName: "filteredCounter"
            height: bar.height
            known: bar.controller.statisticsKnown
            label: qsTr("Filtered")
            value: bar.controller.filtered
            explanation: qsTr("Left out by a path rule")
        }
        Counter {
            objectName: "duplicatesCounter"
            height: bar.height
            known: bar.controller.statisticsKnown
            label: qsTr("Duplicates")
            value: bar.controller.duplicates
            explanation: qsTr("The same program opened the same path a moment before")
        }
        Counter {
            objectName: "forwardedCounter"
            height: bar.height
            known: bar.controller.statisticsKnown
            label: qsTr("Forwarded")
            value: bar.controller.forwarded
            explanation: qsTr("Handed on to the Event Bus")
        }
        Counter {
            objectName: "lostCounter"
            height: bar.height
            known: bar.controller.statisticsKnown
            label: qsTr("Lost")
            value: bar.controller.lost
            alarming: bar.controller.lost > 0
            explanation: bar.controller.lostDetail
        }
    }
}
