// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import org.lunaris.KernelMonitor.Gui

/// The counters; where a second line of them would take the room of what the window is for, those that tell most.
Rectangle {
    id: bar

    required property Monitor monitor
    /// What the Live page shows.
    required property LiveView live
    readonly property MonitorStatistics statistics: monitor.statistics
    readonly property bool brief: !layout.wide && Window.height < Theme.scaled(400)

    implicitHeight: Math.max(30, layout.implicitHeight + 12)
    color: Theme.shell

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    GridLayout {
        id: layout

        property bool wide

        // Later, because the window overlooks another height while it gives this its width.
        Binding on wide {
            delayed: true
            value: inList.implicitWidth + seen.implicitWidth + filtered.implicitWidth
            + duplicates.implicitWidth + forwarded.implicitWidth + lost.implicitWidth + 6 * layout.columnSpacing <= layout.width
        }

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        columns: wide ? 7 : 3
        columnSpacing: 20
        rowSpacing: 4

        Counter {
            id: inList

            objectName: "shownCounter"
            label: qsTr("In this list")
            value: bar.live.rows.total
        }
        Item {
            visible: layout.wide
            Layout.fillWidth: true
        }
        Counter {
            id: seen

            objectName: "seenCounter"
            known: bar.statistics.known
            label: qsTr("Seen")
            value: bar.statistics.seen
            explanation: qsTr("Opens on this machine since the helper started")
        }
        Counter {
            id: filtered

            objectName: "filteredCounter"
            visible: !bar.brief
            known: bar.statistics.known
            label: qsTr("Filtered")
            value: bar.statistics.filtered
            explanation: qsTr("Left out by a path rule")
        }
        Counter {
            id: duplicates

            objectName: "duplicatesCounter"
            visible: !bar.brief
            known: bar.statistics.known
            label: qsTr("Duplicates")
            value: bar.statistics.duplicates
            explanation: qsTr("The same program opened the same path a moment before")
        }
        Counter {
            id: forwarded

            objectName: "forwardedCounter"
            visible: !bar.brief
            known: bar.statistics.known
            label: qsTr("Forwarded")
            value: bar.statistics.forwarded
            explanation: qsTr("Handed on to the Event Bus")
        }
        Counter {
            id: lost

            objectName: "lostCounter"
            known: bar.statistics.known
            label: qsTr("Lost")
            value: bar.statistics.lost
            alarming: bar.statistics.lost > 0
            explanation: bar.statistics.lostDetail
        }
    }
}
