// SPDX-License-Identifier: MIT
import QtQuick

/// One line of a menu that is on or off: with a mark, so that colour is not all that says so.
PopupMenuItem {
    id: item

    property bool on: false
    property string label

    text: label
    checkable: true
    checked: on
    indicator: null
    Accessible.checkable: true
    Accessible.checked: on
    onTriggered: checked = Qt.binding(() => on)
    leftPadding: mirrored ? 12 : Theme.scaled(30)
    rightPadding: mirrored ? Theme.scaled(30) : 12

    Label {
        anchors.left: parent.left
        anchors.leftMargin: 11
        height: item.height
        visible: item.on
        text: "✓"
        color: Theme.accentText
        font.weight: Font.Bold
    }
}
