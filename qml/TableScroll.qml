// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The scroll bar of a table whose rows are an event window.
TableScrollBar {
    id: bar

    required property EventWindow rows

    orientation: Qt.Vertical
    size: rows.total > 0 ? Math.min(1, rows.viewSize / rows.total) : 1
    onPositionChanged: {
        if (pressed) {
            rows.position = position * rows.total;
        }
    }

    Binding {
        target: bar
        property: "position"
        value: bar.rows.total > 0 ? bar.rows.position / bar.rows.total : 0
        when: !bar.pressed
        restoreMode: Binding.RestoreNone
    }
}
