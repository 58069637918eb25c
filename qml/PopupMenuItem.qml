// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// One line of a menu.
MenuItem {
    id: item

    implicitHeight: visible ? Theme.heightControl : 0
    leftPadding: 12
    rightPadding: 12
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding

    Accessible.name: text
    Accessible.description: enabled ? "" : Theme.unavailable
    Accessible.onPressAction: triggered()

    contentItem: Label {
        text: item.text
        color: item.enabled ? Theme.text : Theme.textDisabled
    }
    background: Rectangle {
        radius: Theme.radiusChip
        color: item.highlighted ? Theme.rowHover : "transparent"
        border.color: item.visualFocus ? Theme.accentText : "transparent"
    }
}
