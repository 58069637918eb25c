// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The live table. It draws the screenful of rows that the event window holds and moves that window.
FocusScope {
    id: table

    required property LiveView live
    readonly property EventWindow rows: live.rows
    readonly property EventColumns columns: live.columns
    property string emptyTitle
    property string emptyText
    /// The cell of the current row that the keyboard is on, as a row of the columns.
    property int currentColumn: 0

    signal detailsRequested

    /// What the columns call a place in the window.
    function logical(x: real): real {
        return LayoutMirroring.enabled ? width - x : x;
    }
    function stepColumn(by: int) {
        currentColumn = Math.max(0, Math.min(columns.rowCount() - 1, currentColumn + (LayoutMirroring.enabled ? -by : by)));
    }
    function scrollBy(pixels: real) {
        rows.position += pixels / Theme.heightRow;
    }
    /// To the rows, also where it was on the titles last.
    function takeKeyboard() {
        viewport.forceActiveFocus();
    }
    function toPath() {
        currentColumn = Math.max(0, columns.indexAt(columns.pathX));
    }
    function openMenu(row: int, column: int, x: real, y: real) {
        const item = repeater.itemAt(row) as EventRow;
        if (item !== null && item.visible && !item.gap && column >= 0) {
            menu.openFor(item.number, header.cell(column).column, x, y);
        }
    }

    Component.onCompleted: toPath()

    Connections {
        target: table.columns

        function onModelReset() {
            table.toPath();
        }
    }

    TableHeader {
        id: header

        objectName: "tableHeader"
        width: parent.width
        columns: table.columns
        sortColumn: table.live.sortColumn
        sortDescending: table.live.sortDescending
        onSortRequested: column => table.live.sortBy(column)
        onMenuRequested: (x, y) => columnsMenu.popup(header, x, y)

        ColumnsMenu {
            id: columnsMenu

            objectName: "columnsMenu"
            columns: table.columns
        }
    }
    FocusScope {
        id: viewport

        objectName: "eventRowsArea"
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        focus: true
        activeFocusOnTab: true

        Accessible.role: Accessible.Table
        Accessible.name: qsTr("File activity")
        Accessible.focusable: true
        Accessible.focused: activeFocus

        Keys.onPressed: event => {
            const page = Math.max(1, Math.floor(table.rows.viewSize) - 1);
            event.accepted = true;
            if (event.key === Qt.Key_Space) {
                table.live.frozen = !table.live.frozen;
            } else if (event.key === Qt.Key_Up) {
                table.rows.moveCurrent(-1);
            } else if (event.key === Qt.Key_Down) {
                table.rows.moveCurrent(1);
            } else if (event.key === Qt.Key_PageUp) {
                table.rows.moveCurrent(-page);
            } else if (event.key === Qt.Key_PageDown) {
                table.rows.moveCurrent(page);
            } else if (event.key === Qt.Key_Home) {
                table.rows.moveCurrent(-Infinity);
            } else if (event.key === Qt.Key_End) {
                table.rows.moveCurrent(Infinity);
            } else if (event.key === Qt.Key_Left) {
                table.stepColumn(-1);
            } else if (event.key === Qt.Key_Right) {
                table.stepColumn(1);
            } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
                table.detailsRequested();
            } else if (event.key === Qt.Key_Menu
                       || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier)) {
                const row = table.rows.currentRow;
                table.openMenu(row, table.currentColumn, header.cell(table.currentColumn).x,
                               (row + 1 - table.rows.fraction) * Theme.heightRow);
            } else if (event.matches(StandardKey.Copy)) {
                table.live.actions.copyValue(table.rows.currentNumber, header.cell(table.currentColumn).column);
            } else {
                event.accepted = false;
            }
        }

        Binding {
            target: table.rows
            property: "viewSize"
            // Whole rows, so that at the end none is cut off at the top.
            value: Math.floor(viewport.height / Theme.heightRow)
        }
        Binding {
            target: table.columns
            property: "available"
            value: viewport.width
        }
        Binding {
            target: table.columns
            property: "letters"
            value: Theme.letters
        }

        MouseArea {
            id: pointer

            readonly property int row: containsMouse
                ? Math.floor(mouseY / Theme.heightRow + table.rows.fraction) : -1

            function stir() {
                hint.close();
                if (row >= 0) {
                    rest.restart();
                } else {
                    rest.stop();
                }
            }

            anchors.fill: parent
            hoverEnabled: true
            acceptedButtons: Qt.LeftButton | Qt.RightButton
            onRowChanged: stir()
            onPressed: mouse => {
                const pressed = Math.floor(mouse.y / Theme.heightRow + table.rows.fraction);
                viewport.forceActiveFocus(Qt.MouseFocusReason);
                table.rows.setCurrent(pressed);
                const column = table.columns.indexAt(table.logical(mouse.x));
                table.currentColumn = column >= 0 ? column : table.currentColumn;
                if (mouse.button === Qt.RightButton) {
                    rest.stop();
                    table.openMenu(pressed, table.currentColumn, mouse.x, mouse.y);
                }
            }
            onDoubleClicked: table.detailsRequested()
            onWheel: wheel => {
                // A touchpad says pixels, a mouse wheel says notches of 120.
                const pixels = wheel.pixelDelta.y !== 0 ? wheel.pixelDelta.y
                    : wheel.angleDelta.y / 120 * 3 * Theme.heightRow;
                table.scrollBy(-pixels);
            }
        }
        Column {
            id: body

            y: -Math.round(table.rows.fraction * Theme.heightRow)

            Repeater {
                id: repeater

                objectName: "eventRows"
                model: table.rows.shown
                delegate: EventRow {
                    required property int index

                    // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                    // qmllint disable unqualified
                    width: viewport.width
                    columns: table.columns
                    hovered: pointer.row === index
                    current: number === table.rows.currentNumber
                    focused: viewport.activeFocus
                    currentColumn: table.currentColumn
                    // qmllint enable unqualified
                }
            }
        }
        // Once a row is the current one, that is where the keyboard is.
        FocusRing {
            anchors.margins: 1
            visible: viewport.activeFocus && table.rows.currentRow < 0
        }
        CellMenu {
            id: menu

            objectName: "cellMenu"
            actions: table.live.actions
        }
        Hint {
            id: hint

            delay: 0
            family: Theme.monospaceFont
            y: (pointer.row + 1 - table.rows.fraction) * Theme.heightRow
            maximumWidth: viewport.width - x - 2 * 16
        }
        // A tip comes when both the pointer and the rows under it have come to rest.
        Timer {
            id: rest

            interval: 500
            onTriggered: {
                const row = repeater.itemAt(pointer.row) as EventRow;
                const column = table.columns.indexAt(table.logical(pointer.mouseX));
                const text = row !== null && column >= 0 ? row.hint(column) : "";
                if (text.length > 0) {
                    hint.x = Math.min(header.cell(column).x, viewport.width - 320);
                    hint.text = text;
                    hint.open();
                }
            }
        }
        Connections {
            target: table.rows.shown

            function onDataChanged() {
                pointer.stir();
            }
        }
    }
    EmptyState {
        objectName: "emptyState"
        anchors.centerIn: viewport
        // Where large letters leave no room it is the banner that says what is wrong.
        visible: table.rows.total === 0 && implicitHeight <= viewport.height
        title: table.live.filtered && table.live.totalCount > 0 ? qsTr("Nothing passes the filter")
            : table.emptyTitle
        text: table.live.filtered && table.live.totalCount > 0
            ? qsTr("%L1 events are kept; Escape in the filter field shows them all.").arg(table.live.totalCount)
            : table.emptyText
    }
    TableScroll {
        objectName: "scrollBar"
        anchors.top: viewport.top
        anchors.bottom: viewport.bottom
        anchors.right: parent.right
        rows: table.rows
    }
    Pill {
        objectName: "pill"
        anchors.horizontalCenter: viewport.horizontalCenter
        anchors.bottom: viewport.bottom
        anchors.bottomMargin: 16
        visible: table.live.frozen ? true : !table.rows.following && table.rows.unseen > 0
        text: !table.live.frozen ? qsTr("%L1 new ↓").arg(table.rows.unseen)
            : table.live.sortColumn >= 0
                ? qsTr("Sorted and frozen · %L1 waiting").arg(table.live.pendingCount)
                : table.live.pendingCount > 0 ? qsTr("View frozen · %L1 waiting").arg(table.live.pendingCount)
                    : qsTr("View frozen")
        onClicked: {
            table.takeKeyboard(); // before it goes
            if (table.live.frozen) {
                table.live.frozen = false;
            } else {
                table.rows.following = true;
            }
        }
    }
}
