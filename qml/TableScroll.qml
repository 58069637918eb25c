// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// The scroll bar of a table whose rows are an event window.
ScrollBar {
    id: bar

    required property EventWindow rows

    orientation: Qt.Vertical
    policy: size < 1 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    minimumSize: 0.06
    size: rows.total > 0 ? Math.min(1, rows.viewSize / rows.total) : 1
    onPositionChanged: {
        if (pressed) {
            rows.position = position * rows.total;
        }
    }

    Accessible.name: qsTr("Scroll bar")
    Accessible.role: Accessible.ScrollBar

    contentItem: Rectangle {
        implicitWidth: 6
        radius: 3
        color: bar.pressed || bar.hovered ? Theme.textSecondary : Theme.borderStrong
    }
    Binding {
        target: bar
        property: "position"
        value: bar.rows.total > 0 ? bar.rows.position / bar.rows.total : 0
        when: !bar.pressed
        restoreMode: Binding.RestoreNone
    }
}
