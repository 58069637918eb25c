// SPDX-License-Identifier: MIT
import QtQuick

/// The title of one column.
Item {
    id: cell

    required property int column
    required property string key
    required property string title
    required property real cellX
    required property real span
    required property bool numeric

    property bool sorted: false
    property bool descending: false
    property bool focused: false
    /// Whether the path, which takes what the others leave, stands to the left: then the left edge moves.
    property bool behindPath: false

    signal pressed
    signal clicked
    signal menuRequested(real atX, real atY)
    signal resized(real width)
    /// Let go of above this place of the header.
    signal moved(real toX)

    anchors.left: parent.left
    anchors.leftMargin: cellX
    width: span
    z: pointer.pulled ? 1 : 0

    Accessible.role: Accessible.ColumnHeader
    Accessible.name: !sorted ? title : descending ? qsTr("%1, sorted, largest first").arg(title)
                                                  : qsTr("%1, sorted, smallest first").arg(title)
    Accessible.onPressAction: clicked()

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: -5
        anchors.rightMargin: -5
        anchors.topMargin: 3
        anchors.bottomMargin: 4
        visible: cell.focused || pointer.pulled
        color: pointer.pulled ? Theme.rowHover : "transparent"
        border.color: Theme.accentText
        border.width: 2
        radius: Theme.radiusChip
    }
    Label {
        LayoutMirroring.enabled: cell.LayoutMirroring.enabled && !cell.numeric
        x: pointer.pulled ? pointer.mouseX - pointer.pressX : 0
        width: parent.width
        height: parent.height
        text: !cell.sorted ? cell.title : cell.title + (cell.descending ? " ↓" : " ↑")
        color: cell.sorted || pointer.containsMouse ? Theme.text : Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        font.weight: cell.sorted ? Font.DemiBold : Font.Medium
        horizontalAlignment: cell.numeric ? Text.AlignRight : Text.AlignLeft
        elide: Text.ElideRight
    }
    MouseArea {
        id: pointer

        property real pressX: 0
        property bool pulled: false

        anchors.fill: parent
        hoverEnabled: true
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        onPressed: mouse => {
            pressX = mouse.x;
            pulled = false;
            cell.pressed();
        }
        onPositionChanged: mouse => {
            // A hand that shakes a little means a click.
            if (pressedButtons & Qt.LeftButton && Math.abs(mouse.x - pressX) > 8) {
                pulled = true;
            }
        }
        onReleased: mouse => {
            if (mouse.button === Qt.RightButton) {
                cell.menuRequested(cell.x + mouse.x, mouse.y);
            } else if (pulled) {
                cell.moved(cell.x + mouse.x);
            } else if (containsMouse) {
                cell.clicked();
            }
            pulled = false;
        }
        onCanceled: pulled = false
    }
    MouseArea {
        id: edge

        property real pressX: 0
        property real pressWidth: 0

        objectName: "edge_" + cell.key
        enabled: cell.key !== "path"
        visible: enabled
        anchors.left: parent.left
        anchors.leftMargin: cell.behindPath ? -12 : cell.width + 2
        width: 10
        height: parent.height
        cursorShape: Qt.SplitHCursor
        onPressed: mouse => {
            pressX = mapToItem(null, mouse.x, 0).x;
            pressWidth = cell.span;
        }
        onPositionChanged: mouse => {
            const pulled = mapToItem(null, mouse.x, 0).x - pressX;
            cell.resized(pressWidth + (cell.behindPath !== cell.LayoutMirroring.enabled ? -pulled : pulled));
        }

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.verticalCenter: parent.verticalCenter
            width: 1
            height: 12
            color: edge.pressed || edge.containsMouse ? Theme.accentText : Theme.border
        }
    }
}
