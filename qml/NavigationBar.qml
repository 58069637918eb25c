// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The pages by name; Ctrl and a number leads to each.
Row {
    id: bar

    required property Navigation navigation
    property list<WindowPage> pages

    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    Repeater {
        model: bar.pages

        NavigationTab {
            required property WindowPage modelData
            required property int index

            objectName: modelData.name + "Tab"
            text: modelData.title
            shortcut: "Ctrl+" + (index + 1)
            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            height: bar.height
            current: bar.navigation.page === modelData.name
            onClicked: bar.navigation.page = modelData.name
            // qmllint enable unqualified
        }
    }
}
