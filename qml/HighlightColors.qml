// SPDX-License-Identifier: MIT
pragma Singleton
import QtQuick

/// How the hues of HighlightRules look: as a row's ground, which lets both kinds of text keep a contrast of 4.5:1.
QtObject {
    id: colors

    readonly property var hues: ({
            "amber": "#f59e0b",
            "red": "#ef4444",
            "green": "#10b981",
            "teal": "#06b6d4",
            "blue": "#3b82f6",
            "pink": "#ec4899",
            "violet": "#8b5cf6"
        })
    /// For a person, and for who cannot see them.
    readonly property var names: ({
            "amber": qsTr("Amber"),
            "red": qsTr("Red"),
            "green": qsTr("Green"),
            "teal": qsTr("Cyan"),
            "blue": qsTr("Blue"),
            "pink": qsTr("Pink"),
            "violet": qsTr("Violet")
        })

    function hue(name: string): color {
        return Qt.color(name in hues ? hues[name] : "transparent");
    }
    function ground(name: string): color {
        return name in hues ? Theme.tint(hue(name), Theme.dark ? 0.2 : 0.15) : Qt.color("transparent");
    }
}
