// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// A list whose rows change places while one looks: what one has chosen is followed.
FocusScope {
    id: list

    required property PacedListModel rows
    required property string label
    property alias delegate: view.delegate
    property string emptyTitle
    property string emptyText

    /// Enter, or a double click.
    signal activated(int row)
    /// The menu key, or the right button; the current row is what it is about.
    signal menuWanted(point at)
    /// A click on the sign of a row that has others below it.
    signal toggled(int row)
    /// The arrow keys to the right and to the left.
    signal opened(int row, bool open)

    function moveTo(row: int) {
        rows.currentRow = Math.max(0, Math.min(rows.total - 1, row));
        view.positionViewAtIndex(rows.currentRow, ListView.Contain);
    }

    activeFocusOnTab: true

    Accessible.role: Accessible.Table
    Accessible.name: label
    Accessible.focusable: true
    Accessible.focused: activeFocus

    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(view.height / Theme.heightRow) - 1);
        const row = list.rows.currentRow;
        event.accepted = true;
        if (event.key === Qt.Key_Down) {
            list.moveTo(row + 1);
        } else if (event.key === Qt.Key_Up) {
            list.moveTo(row < 0 ? 0 : row - 1);
        } else if (event.key === Qt.Key_PageDown) {
            list.moveTo(row + page);
        } else if (event.key === Qt.Key_PageUp) {
            list.moveTo(row - page);
        } else if (event.key === Qt.Key_Home) {
            list.moveTo(0);
        } else if (event.key === Qt.Key_End) {
            list.moveTo(list.rows.total - 1);
        } else if (row < 0) {
            event.accepted = false;
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            list.activated(row);
        } else if (event.key === Qt.Key_Right) {
            list.opened(row, !list.LayoutMirroring.enabled);
        } else if (event.key === Qt.Key_Left) {
            list.opened(row, list.LayoutMirroring.enabled);
        } else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier)) {
            const item = view.itemAtIndex(row);
            list.menuWanted(item ? item.mapToItem(list, 24, item.height) : Qt.point(24, 0));
        } else {
            event.accepted = false;
        }
    }

    ListView {
        id: view

        objectName: list.objectName + "View"
        anchors.fill: parent
        clip: true
        model: list.rows
        // Those that wait for reuse would still be there for a screen reader.
        reuseItems: false
        boundsBehavior: Flickable.StopAtBounds
        // The current row is the model's, which knows where it goes.
        currentIndex: -1
        keyNavigationEnabled: false

        ScrollBar.vertical: TableScrollBar {}
    }
    // Once a row is the current one, that is where the keyboard is.
    FocusRing {
        anchors.margins: 1
        visible: list.activeFocus && list.rows.currentRow < 0
    }
    EmptyState {
        anchors.centerIn: parent
        visible: list.rows.total === 0
        title: list.emptyTitle
        text: list.emptyText
    }
}
