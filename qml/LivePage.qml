// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The events as they come.
WindowPage {
    id: page

    required property LiveView live
    required property MonitorController controller

    name: "live"
    title: qsTr("Live")

    EventTable {
        objectName: "eventTable"
        anchors.fill: parent
        focus: true
        rows: page.live.rows
        frozen: page.live.frozen
        pendingCount: page.live.pendingCount
        emptyTitle: page.controller.capturing ? qsTr("Waiting for the first event")
            : qsTr("Nothing to show")
        emptyText: page.controller.capturing ? qsTr("Open a file anywhere, and it appears here.")
            : qsTr("Events appear here as soon as they are captured.")
        onFreezeRequested: freeze => page.live.frozen = freeze
        onCopyRequested: page.live.copyPath()
    }
}
