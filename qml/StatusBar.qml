// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The counters.
Rectangle {
    id: bar

    required property Monitor monitor
    /// What the Live page shows.
    required property LiveView live
    readonly property MonitorStatistics statistics: monitor.statistics

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
        value: bar.live.rows.total
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: 16
        spacing: 20

        Counter {
            objectName: "seenCounter"
            height: bar.height
            known: bar.statistics.known
            label: qsTr("Seen")
            value: bar.statistics.seen
            explanation: qsTr("Opens on this machine since the helper started")
        }
        Counter {
            objectName: "filteredCounter"
            height: bar.height
            known: bar.statistics.known
            label: qsTr("Filtered")
            value: bar.statistics.filtered
            explanation: qsTr("Left out by a path rule")
        }
        Counter {
            objectName: "duplicatesCounter"
            height: bar.height
            known: bar.statistics.known
            label: qsTr("Duplicates")
            value: bar.statistics.duplicates
            explanation: qsTr("The same program opened the same path a moment before")
        }
        Counter {
            objectName: "forwardedCounter"
            height: bar.height
            known: bar.statistics.known
            label: qsTr("Forwarded")
            value: bar.statistics.forwarded
            explanation: qsTr("Handed on to the Event Bus")
        }
        Counter {
            objectName: "lostCounter"
            height: bar.height
            known: bar.statistics.known
            label: qsTr("Lost")
            value: bar.statistics.lost
            alarming: bar.statistics.lost > 0
            explanation: bar.statistics.lostDetail
        }
    }
}
