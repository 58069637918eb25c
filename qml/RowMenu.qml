// SPDX-License-Identifier: MIT
import QtQuick

/// What can be done with a row of the summary.
PopupMenu {
    id: menu

    property string name
    property string filter
    property string filterTitle

    signal filterWanted
    signal copyWanted(string text)

    PopupMenuItem {
        objectName: "menuFilter"
        text: menu.filterTitle
        enabled: menu.filter.length > 0
        onTriggered: menu.filterWanted()
    }
    PopupMenuItem {
        objectName: "menuCopyName"
        text: qsTr("Copy name")
        onTriggered: menu.copyWanted(menu.name)
    }
    PopupMenuItem {
        objectName: "menuCopyFilter"
        text: qsTr("Copy as filter")
        enabled: menu.filter.length > 0
        onTriggered: menu.copyWanted(menu.filter)
    }
}
