// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The names of the columns. A click sorts, a pull at an edge makes wider, a pull at a name moves; with the
/// keyboard Enter, Shift and Ctrl with the arrow keys do the same.
FocusScope {
    id: header

    required property EventColumns columns
    property int sortColumn: -1
    property bool sortDescending: false
    property int current: 0

    signal sortRequested(int column)
    signal menuRequested(real x, real y)

    function step(by: int) {
        current = Math.max(0, Math.min(repeater.count - 1, current + by));
    }
    function cell(index: int): HeaderCell {
        return repeater.itemAt(index) as HeaderCell;
    }

    implicitHeight: Theme.heightControl
    activeFocusOnTab: true

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Column titles")
    Accessible.description: qsTr("Enter sorts, Shift and arrow keys make wider or narrower, Ctrl and arrow keys move")
    Accessible.focusable: true
    Accessible.focused: activeFocus

    Keys.onPressed: event => {
        const onwards = LayoutMirroring.enabled ? Qt.Key_Left : Qt.Key_Right;
        const back = LayoutMirroring.enabled ? Qt.Key_Right : Qt.Key_Left;
        const by = event.key === back ? -1 : event.key === onwards ? 1 : 0;
        const at = cell(current);
        event.accepted = true;
        if (by !== 0 && event.modifiers & Qt.ShiftModifier) {
            columns.resize(current, at.span + 8 * by);
        } else if (by !== 0 && event.modifiers & Qt.ControlModifier) {
            columns.move(current, current + by);
            step(by);
        } else if (by !== 0) {
            step(by);
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter || event.key === Qt.Key_Space) {
            sortRequested(at.column);
        } else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier)) {
            menuRequested(at.x, height);
        } else {
            event.accepted = false;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.card
    }
    Repeater {
        id: repeater

        model: header.columns

        delegate: HeaderCell {
            required property int index

            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            objectName: "header_" + key
            height: header.height
            sorted: header.sortColumn === column
            descending: header.sortDescending
            behindPath: cellX > header.columns.pathX
            focused: header.activeFocus && header.current === index
            onPressed: header.current = index
            onClicked: header.sortRequested(column)
            onMenuRequested: (atX, atY) => header.menuRequested(atX, atY)
            onResized: width => header.columns.resize(index, width)
            onMoved: toX => {
                const to = header.columns.indexAt(header.LayoutMirroring.enabled ? header.width - toX : toX);
                if (to >= 0) {
                    header.columns.move(index, to);
                }
            }
            // qmllint enable unqualified
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
