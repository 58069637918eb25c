// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// Events counted in one way, sorted by any column.
FocusScope {
    id: groupList

    required property SummaryModel groups
    required property string label

    signal filterWanted(int row)
    signal menuWanted(point at)

    readonly property bool path: groups.grouping === SummaryModel.Folder
        || groups.grouping === SummaryModel.File

    SummaryColumns {
        id: summaryColumns

        width: groupList.width
    }

    component Header: SortHeader {
        required property int column
        required property SummaryModel groups

        sorted: groups.sortColumn === column
        descending: groups.descending
        alignRight: true
        onClicked: groups.sortBy(column)
    }

    Rectangle {
        id: header

        width: parent.width
        height: Theme.heightControl
        color: Theme.card

        Header {
            objectName: "sortByName"
            groups: groupList.groups
            column: SummaryModel.NameColumn
            anchors.left: parent.left
            anchors.leftMargin: summaryColumns.margin
            width: summaryColumns.name
            alignRight: false
            text: groupList.label
        }
        Header {
            objectName: "sortByEvents"
            groups: groupList.groups
            column: SummaryModel.EventsColumn
            anchors.left: parent.left
            anchors.leftMargin: summaryColumns.eventsX
            width: summaryColumns.number
            text: qsTr("Events")
        }
        Header {
            objectName: "sortByBytes"
            groups: groupList.groups
            column: SummaryModel.BytesColumn
            anchors.left: parent.left
            anchors.leftMargin: summaryColumns.bytesX
            width: summaryColumns.number
            text: qsTr("Written")
        }
        Header {
            objectName: "sortByFirst"
            groups: groupList.groups
            column: SummaryModel.FirstColumn
            anchors.left: parent.left
            anchors.leftMargin: summaryColumns.firstX
            visible: summaryColumns.times > 1
            width: summaryColumns.time
            text: qsTr("First")
        }
        Header {
            objectName: "sortByLast"
            groups: groupList.groups
            column: SummaryModel.LastColumn
            anchors.left: parent.left
            anchors.leftMargin: summaryColumns.lastX
            visible: summaryColumns.times > 0
            width: summaryColumns.time
            text: qsTr("Last")
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

        objectName: "groupList"
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        rows: groupList.groups
        label: groupList.label
        emptyTitle: groupList.groups.search.length > 0 ? qsTr("Nothing with that name") : qsTr("Nothing yet")
        emptyText: groupList.groups.search.length > 0 ? qsTr("Escape in the search field shows all again.")
            : qsTr("What programs do is counted here as it happens.")
        onActivated: row => groupList.filterWanted(row)
        onMenuWanted: at => groupList.menuWanted(ranked.mapToItem(groupList, at.x, at.y))
        delegate: GroupRow {
            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            list: ranked
            width: ranked.width
            columns: summaryColumns
            path: groupList.path
            // qmllint enable unqualified
        }
    }
}
