// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// All events together: counted by application, folder, file, user or operation, and by who started whom.
WindowPage {
    id: page

    required property SummaryView summary

    /// The events of a row are wanted on the Live page.
    signal filterChosen(string filter)

    /// The tree of processes instead of groups.
    property bool tree: false
    readonly property string tooMany: qsTr("Those are more processes than a filter can name.")

    function show(row: int) {
        const filter = page.tree ? page.summary.processes.filterOf(row) : page.summary.groups.filterOf(row);
        if (filter.length > 0) {
            page.filterChosen(filter);
        }
        sentence.text = filter.length > 0 ? "" : (page.tree ? page.tooMany : qsTr("That name is too long for a filter."));
    }
    function openMenu(list: Item, at: point) {
        const row = page.tree ? page.summary.processes.currentRow : page.summary.groups.currentRow;
        menu.name = page.tree ? page.summary.processes.nameOf(row) : page.summary.groups.nameOf(row);
        menu.filter = page.tree ? page.summary.processes.filterOf(row) : page.summary.groups.filterOf(row);
        const place = list.mapToItem(page, at.x, at.y);
        menu.popup(page, place.x, place.y);
    }

    name: "summary"
    title: qsTr("Summary")

    Binding {
        target: page.summary.groups
        property: "active"
        value: page.visible && !page.tree
    }
    Binding {
        target: page.summary.processes
        property: "active"
        value: page.visible && page.tree
    }
    Binding {
        target: page.summary.groups
        property: "search"
        value: search.text
    }
    Binding {
        target: page.summary.processes
        property: "search"
        value: search.text
    }
    Shortcut {
        sequence: "Ctrl+F"
        enabled: page.visible
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        GridLayout {
            id: tools

            readonly property bool wide: segments.implicitWidth + Theme.scaled(250) <= page.width

            Layout.fillWidth: true
            Layout.margins: 12
            Layout.leftMargin: 16
            Layout.rightMargin: 16
            columns: wide ? 3 : 2
            columnSpacing: 12
            rowSpacing: 8

            Segments {
                id: segments

                objectName: "grouping"
                Layout.fillWidth: true
                Layout.columnSpan: tools.wide ? 1 : 2
                Layout.maximumWidth: implicitWidth
                Layout.preferredWidth: implicitWidth
                label: qsTr("Count by")
                texts: [qsTr("Applications"), qsTr("Folders"), qsTr("Files"), qsTr("Users"), qsTr("Operations"), qsTr("Processes")]
                current: page.tree ? 5 : page.summary.groups.grouping
                onChosen: index => {
                    sentence.text = "";
                    page.tree = index === 5;
                    if (!page.tree) {
                        page.summary.groups.grouping = index;
                    }
                }
            }
            SearchField {
                id: search

                objectName: "summarySearch"
                Layout.fillWidth: true
                Layout.minimumWidth: 110
                Layout.preferredWidth: 110
                placeholderText: qsTr("Search")
                Keys.onDownPressed: lists.forceActiveFocus(Qt.TabFocusReason)
            }
            PushButton {
                objectName: "showEnded"
                visible: page.tree
                checkable: true
                checked: page.summary.processes.showEnded
                text: qsTr("Ended too")
                onClicked: {
                    page.summary.processes.showEnded = !page.summary.processes.showEnded;
                    checked = Qt.binding(() => page.summary.processes.showEnded);
                }
            }
        }
        // Of its own, so that the list that comes takes the keyboard only from the one that goes.
        FocusScope {
            id: lists

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true

            GroupList {
                id: groupList

                anchors.fill: parent
                visible: !page.tree
                focus: !page.tree
                groups: page.summary.groups
                label: [qsTr("Application"), qsTr("Folder"), qsTr("File"), qsTr("User"), qsTr("Operation")][page.summary.groups.grouping]
                onFilterWanted: row => page.show(row)
                onMenuWanted: at => page.openMenu(groupList, at)
            }
            ProcessList {
                id: processList

                anchors.fill: parent
                visible: page.tree
                focus: page.tree
                processes: page.summary.processes
                onFilterWanted: row => page.show(row)
                onMenuWanted: at => page.openMenu(processList, at)
            }
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.border
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.margins: 6
            Layout.leftMargin: 16
            Layout.rightMargin: 16
            spacing: 12

            AlertText {
                id: sentence

                objectName: "summarySentence"
                visible: text.length > 0
                color: Theme.warning
                font.pixelSize: Theme.sizeData
            }
            Label {
                objectName: "summaryCounted"
                Layout.fillWidth: true
                text: page.summary.counted + "  ·  " + (page.tree ? page.summary.processes.counted : page.summary.groups.counted)
                color: Theme.textSecondary
                font.pixelSize: Theme.sizeData
                elide: Text.ElideRight
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            PushButton {
                objectName: "restartSummary"
                enabled: !page.summary.empty
                text: qsTr("Count from now")
                onClicked: page.summary.restart()
            }
        }
    }
    RowMenu {
        id: menu

        objectName: "rowMenu"
        filterTitle: page.tree ? qsTr("Show what it and those below it do") : qsTr("Show these events")
        onFilterWanted: page.filterChosen(menu.filter)
        onCopyWanted: text => page.summary.copy(text)
    }
}
