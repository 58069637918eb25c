// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// The name of a column; a click sorts by it, another turns the order round.
AbstractButton {
    id: header

    property bool sorted: false
    property bool descending: false
    property bool alignRight: false

    height: Theme.heightControl
    focusPolicy: Qt.TabFocus
    leftPadding: 0
    rightPadding: 0
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding

    Accessible.name: sorted ? (descending ? qsTr("%1, sorted, largest first").arg(text)
                                          : qsTr("%1, sorted, smallest first").arg(text)) : text
    Accessible.role: Accessible.ColumnHeader
    Accessible.onPressAction: clicked()

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Label {
        text: header.sorted ? header.text + (header.descending ? " ↓" : " ↑") : header.text
        color: header.sorted || header.hovered ? Theme.text : Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        font.weight: header.sorted ? Font.DemiBold : Font.Medium
        horizontalAlignment: header.alignRight && !header.mirrored ? Text.AlignRight : Text.AlignLeft
        elide: Text.ElideRight
    }
    background: Item {
        FocusRing {
            anchors.margins: 2
            visible: header.visualFocus
        }
    }
}
