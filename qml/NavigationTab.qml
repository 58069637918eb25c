// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// The name of a page; a click on it, or its shortcut, asks for that page.
TabButton {
    id: tab

    required property string shortcut
    property bool current: false

    implicitWidth: leftPadding + implicitContentWidth + rightPadding
    leftPadding: 10
    rightPadding: 10
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding

    Accessible.name: text
    Accessible.role: Accessible.PageTab
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: clicked()

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    Shortcut {
        sequence: tab.shortcut
        onActivated: tab.clicked()
    }

    contentItem: Label {
        text: tab.text
        color: tab.current || tab.hovered ? Theme.text : Theme.textSecondary
        font.weight: tab.current ? Font.DemiBold : Font.Normal
        horizontalAlignment: Text.AlignHCenter
    }
    background: Item {
        Rectangle {
            anchors.bottom: parent.bottom
            x: tab.leftPadding
            width: parent.width - tab.leftPadding - tab.rightPadding
            height: 2
            radius: 1
            color: Theme.accentText
            visible: tab.current
        }
        FocusRing {
            anchors.margins: 2
            anchors.topMargin: 8
            anchors.bottomMargin: 8
            radius: Theme.radiusButton
            visible: tab.visualFocus
        }
    }
    Hint {
        visible: tab.hovered
        text: tab.shortcut
        y: tab.height + 4
    }
}
