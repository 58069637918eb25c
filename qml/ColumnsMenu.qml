// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// Which columns the table has.
PopupMenu {
    id: columnsMenu

    required property EventColumns columns

    onOpened: currentIndex = 0
    onAboutToShow: choices.model = columns.choices()

    Repeater {
        id: choices

        delegate: CheckMenuItem {
            required property var modelData

            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            objectName: "column" + modelData.column
            label: modelData.title
            on: modelData.shown
            enabled: !modelData.fixed
            onTriggered: columnsMenu.columns.setShown(modelData.column, !modelData.shown)
            // qmllint enable unqualified
        }
    }
    MenuSeparator {
        padding: 4
        contentItem: Rectangle {
            implicitHeight: 1
            color: Theme.border
        }
    }
    PopupMenuItem {
        objectName: "resetColumns"
        text: qsTr("As they were at first")
        onTriggered: columnsMenu.columns.reset()
    }
}
