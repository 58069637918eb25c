// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// Who started whom.
FocusScope {
    id: processList

    required property ProcessTreeModel processes

    signal filterWanted(int row)
    signal menuWanted(point at)

    ProcessColumns {
        id: processColumns

        width: processList.width
    }

    component Name: Label {
        height: Theme.heightControl
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        font.weight: Font.Medium
        // Digits stand below digits, wherever the column is.
        horizontalAlignment: LayoutMirroring.enabled ? Text.AlignLeft : Text.AlignRight
        Accessible.role: Accessible.ColumnHeader
        Accessible.name: text
    }

    Rectangle {
        id: header

        width: parent.width
        height: Theme.heightControl
        color: Theme.card

        Name {
            anchors.left: parent.left
            anchors.leftMargin: processColumns.margin
            horizontalAlignment: Text.AlignLeft
            text: qsTr("Process")
        }
        Name {
            anchors.left: parent.left
            anchors.leftMargin: processColumns.pidX
            width: processColumns.pid
            text: qsTr("PID")
        }
        Name {
            anchors.left: parent.left
            anchors.leftMargin: processColumns.ownerX
            visible: processColumns.owner > 0
            horizontalAlignment: Text.AlignLeft
            text: qsTr("User")
        }
        Name {
            anchors.left: parent.left
            anchors.leftMargin: processColumns.eventsX
            width: processColumns.number
            text: qsTr("Events")
        }
        Name {
            anchors.left: parent.left
            anchors.leftMargin: processColumns.belowX
            width: processColumns.number
            text: qsTr("In total")
            elide: Text.ElideRight
        }
        Name {
            anchors.left: parent.left
            anchors.leftMargin: processColumns.bytesX
            width: processColumns.number
            text: qsTr("Written")
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.border
        }
    }
    RankedList {
        id: ranked

        objectName: "processList"
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        rows: processList.processes
        label: qsTr("Processes")
        emptyTitle: processList.processes.search.length > 0 ? qsTr("Nothing with that name")
            : qsTr("No process yet")
        emptyText: processList.processes.search.length > 0 ? qsTr("Escape in the search field shows all again.")
            : qsTr("A process appears here when it does something.")
        onActivated: row => processList.filterWanted(row)
        onMenuWanted: at => processList.menuWanted(ranked.mapToItem(processList, at.x, at.y))
        onToggled: row => processList.processes.toggle(row)
        onOpened: (row, open) => {
            if (processList.processes.isOpen(row) !== open) {
                processList.processes.toggle(row);
            } else if (open) {
                ranked.moveTo(row + 1);
            } else if (processList.processes.rowAbove(row) >= 0) {
                ranked.moveTo(processList.processes.rowAbove(row));
            }
        }
        delegate: ProcessRow {
            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            list: ranked
            width: ranked.width
            columns: processColumns
            // qmllint enable unqualified
        }
    }
}
