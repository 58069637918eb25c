// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// What can be done about one cell.
PopupMenu {
    id: cellMenu

    required property CellActions actions
    property double number: 0
    property int column: 0
    readonly property bool comparable: visible && actions.condition(number, column).length > 0
    readonly property string folder: visible ? actions.folder(number) : ""

    /// Opens it at a place in its parent.
    function openFor(itsNumber: double, itsColumn: int, x: real, y: real) {
        number = itsNumber;
        column = itsColumn;
        popup(x, y);
        currentIndex = 0;
    }

    component Line: MenuSeparator {
        padding: 4
        contentItem: Rectangle {
            implicitHeight: 1
            color: Theme.border
        }
    }

    PopupMenuItem {
        objectName: "onlyThis"
        text: qsTr("Only this value")
        enabled: cellMenu.comparable
        onTriggered: cellMenu.actions.showOnly(cellMenu.number, cellMenu.column)
    }
    PopupMenuItem {
        objectName: "notThis"
        text: qsTr("Not this value")
        enabled: cellMenu.comparable
        onTriggered: cellMenu.actions.hide(cellMenu.number, cellMenu.column)
    }
    PopupMenuItem {
        objectName: "highlightThis"
        text: qsTr("Highlight this value")
        enabled: cellMenu.comparable
        onTriggered: cellMenu.actions.highlight(cellMenu.number, cellMenu.column)
    }
    Line {}
    PopupMenuItem {
        objectName: "copyValue"
        text: qsTr("Copy value")
        onTriggered: cellMenu.actions.copyValue(cellMenu.number, cellMenu.column)
    }
    PopupMenuItem {
        objectName: "copyRow"
        text: qsTr("Copy row")
        onTriggered: cellMenu.actions.copyRow(cellMenu.number)
    }
    PopupMenuItem {
        objectName: "copyAsFilter"
        text: qsTr("Copy as filter")
        enabled: cellMenu.comparable
        onTriggered: cellMenu.actions.copyAsFilter(cellMenu.number, cellMenu.column)
    }
    Line {}
    PopupMenuItem {
        objectName: "excludeFolder"
        text: qsTr("Exclude this folder by a rule…")
        enabled: cellMenu.folder.length > 0
        onTriggered: cellMenu.actions.excludeFolder(cellMenu.number)
    }
    PopupMenuItem {
        objectName: "openFolder"
        text: qsTr("Open containing folder")
        enabled: cellMenu.visible && cellMenu.actions.canOpenFolder(cellMenu.number)
        onTriggered: cellMenu.actions.openFolder(cellMenu.number)
    }
}
