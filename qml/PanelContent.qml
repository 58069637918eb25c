// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// What is in a MonitorPanel once there is something to ask.
ColumnLayout {
    id: content

    required property Monitor monitor
    readonly property MonitorStatistics statistics: monitor.statistics
    readonly property SummaryModel applications: monitor.summary.groups

    spacing: 10

    RowLayout {
        Layout.fillWidth: true
        spacing: 12

        Label {
            objectName: "panelStatus"
            Layout.fillWidth: true
            text: content.monitor.controller.statusText
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        PauseButton {
            pause: content.monitor.pause
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: 14

        Counter {
            objectName: "panelSeen"
            known: content.statistics.known
            label: qsTr("Seen")
            value: content.statistics.seen
        }
        Counter {
            known: content.statistics.known
            label: qsTr("Filtered")
            value: content.statistics.filtered
        }
        Counter {
            known: content.statistics.known
            label: qsTr("Duplicates")
            value: content.statistics.duplicates
        }
        Counter {
            known: content.statistics.known
            label: qsTr("Forwarded")
            value: content.statistics.forwarded
        }
        Counter {
            visible: alarming
            label: qsTr("Lost")
            value: content.statistics.lost
            alarming: content.statistics.lost > 0
            explanation: content.statistics.lostDetail
        }
    }
    ListView {
        objectName: "panelApplications"
        Layout.fillWidth: true
        // The first five.
        implicitHeight: 5 * Theme.heightRow
        clip: true
        interactive: false
        model: content.applications
        delegate: PanelRow {
            width: ListView.view.width
        }

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Applications that do most")
    }
    Binding {
        target: content.applications
        property: "active"
        value: content.visible
    }
}
