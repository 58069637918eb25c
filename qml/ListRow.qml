// SPDX-License-Identifier: MIT
import QtQuick

/// A row of a RankedList; one thing to a screen reader.
Rectangle {
    id: row

    required property int index
    required property string spoken
    required property RankedList list

    readonly property bool current: list.rows.currentRow === index
    property string hint

    /// Whether a click there opens or closes what is below the row.
    function isToggle(x: real): bool {
        return false;
    }

    function logical(x: real): real {
        return LayoutMirroring.enabled ? width - x : x;
    }

    height: Theme.heightRow
    color: current ? Theme.rowCurrent : (pointer.containsMouse ? Theme.rowHover : "transparent")

    Accessible.role: Accessible.Row
    Accessible.name: spoken
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.focusable: true
    Accessible.focused: current && list.activeFocus

    Rectangle {
        anchors.left: parent.left
        width: 2
        height: parent.height
        color: Theme.accentText
        visible: row.current && row.list.activeFocus
    }
    MouseArea {
        id: pointer

        anchors.fill: parent
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        hoverEnabled: true
        onPressed: {
            row.list.forceActiveFocus(Qt.MouseFocusReason);
            row.list.rows.currentRow = row.index;
        }
        onClicked: mouse => {
            if (mouse.button === Qt.RightButton) {
                row.list.menuWanted(row.mapToItem(row.list, mouse.x, mouse.y));
            } else if (row.isToggle(row.logical(mouse.x))) {
                row.list.toggled(row.index);
            }
        }
        onDoubleClicked: mouse => {
            if (mouse.button === Qt.LeftButton && !row.isToggle(row.logical(mouse.x))) {
                row.list.activated(row.index);
            }
        }
    }
    Hint {
        visible: pointer.containsMouse && row.hint.length > 0
        text: row.hint
        family: Theme.monospaceFont
        x: 24
        y: row.height
    }
}
