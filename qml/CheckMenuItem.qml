// SPDX-License-Identifier: MIT
import QtQuick

/// One line of a menu that is on or off: with a mark, so that colour is not all that says so.
PopupMenuItem {
    id: item

    property bool on: false
    property string label

    text: label
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: on
    leftPadding: 30

    Label {
        x: 11
        height: item.height
        visible: item.on
        text: "✓"
        color: Theme.accentText
        font.weight: Font.Bold
    }
}
