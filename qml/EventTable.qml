// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// The live table. It draws the screenful of rows that the event window holds and moves that window.
FocusScope {
    id: table

    required property EventWindow rows
    property bool frozen: false
    property double pendingCount: 0
    property string emptyTitle
    property string emptyText

    signal freezeRequested(bool freeze)
    signal copyRequested

    function scrollBy(pixels: real) {
        rows.position += pixels / Theme.heightRow;
    }

    activeFocusOnTab: true

    Accessible.role: Accessible.Table
    Accessible.name: qsTr("File activity")
    Accessible.focusable: true
    Accessible.focused: activeFocus

    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(table.rows.viewSize) - 1);
        event.accepted = true;
        if (event.key === Qt.Key_Space) {
            table.freezeRequested(!table.frozen);
        } else if (event.key === Qt.Key_Up) {
            table.rows.moveCurrent(-1);
        } else if (event.key === Qt.Key_Down) {
            table.rows.moveCurrent(1);
        } else if (event.key === Qt.Key_PageUp) {
            table.rows.moveCurrent(-page);
        } else if (event.key === Qt.Key_PageDown) {
            table.rows.moveCurrent(page);
        } else if (event.key === Qt.Key_Home) {
            table.rows.moveCurrent(-table.rows.total);
        } else if (event.key === Qt.Key_End) {
            table.rows.moveCurrent(table.rows.total);
        } else if (event.matches(StandardKey.Copy)) {
            table.copyRequested();
        } else {
            event.accepted = false;
        }
    }

    TableColumns {
        id: tableColumns
    }
    TableHeader {
        id: tableHeader

        width: parent.width
        columns: tableColumns
    }
    Item {
        id: viewport

        anchors.top: tableHeader.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true

        Binding {
            target: table.rows
            property: "viewSize"
            // Whole rows, so that at the end none is cut off at the top.
            value: Math.floor(viewport.height / Theme.heightRow)
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
            onRowChanged: stir()
            onPressed: {
                table.forceActiveFocus(Qt.MouseFocusReason);
                table.rows.setCurrent(row);
            }
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
                model: table.rows
                delegate: EventRow {
                    required property int index

                    // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                    // qmllint disable unqualified
                    width: viewport.width
                    columns: tableColumns
                    hovered: pointer.row === index
                    current: number === table.rows.currentNumber
                    focused: table.activeFocus
                    // qmllint enable unqualified
                }
            }
        }
        Hint {
            id: hint

            delay: 0
            family: Theme.monospaceFont
            x: tableColumns.pathX
            y: (pointer.row + 1 - table.rows.fraction) * Theme.heightRow
            maximumWidth: viewport.width - tableColumns.pathX - 2 * tableColumns.margin
        }
        // A tip comes when both the pointer and the rows under it have come to rest.
        Timer {
            id: rest

            interval: 500
            onTriggered: {
                const row = repeater.itemAt(pointer.row) as EventRow;
                if (row !== null && pointer.mouseX >= tableColumns.pathX) {
                    hint.text = row.detail;
                    hint.open();
                }
            }
        }
        Connections {
            target: table.rows

            function onDataChanged() {
                pointer.stir();
            }
        }
    }
    EmptyState {
        anchors.centerIn: viewport
        visible: table.rows.total === 0
        title: table.emptyTitle
        text: table.emptyText
    }
    ScrollBar {
        id: bar

        objectName: "scrollBar"
        anchors.top: viewport.top
        anchors.bottom: viewport.bottom
        anchors.right: parent.right
        orientation: Qt.Vertical
        policy: size < 1 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
        minimumSize: 0.06
        size: table.rows.total > 0 ? Math.min(1, table.rows.viewSize / table.rows.total) : 1
        onPositionChanged: {
            if (pressed) {
                table.rows.position = position * table.rows.total;
            }
        }

        Accessible.name: qsTr("Scroll bar")
        Accessible.role: Accessible.ScrollBar

        contentItem: Rectangle {
            implicitWidth: 6
            radius: 3
            color: bar.pressed || bar.hovered ? Theme.textSecondary : Theme.borderStrong
        }
        Binding {
            target: bar
            property: "position"
            value: table.rows.total > 0 ? table.rows.position / table.rows.total : 0
            when: !bar.pressed
            restoreMode: Binding.RestoreNone
        }
    }
    Pill {
        objectName: "pill"
        anchors.horizontalCenter: viewport.horizontalCenter
        anchors.bottom: viewport.bottom
        anchors.bottomMargin: 16
        visible: table.frozen ? true : !table.rows.following && table.rows.unseen > 0
        text: table.frozen ? qsTr("View frozen · %L1 waiting").arg(table.pendingCount)
            : qsTr("%L1 new ↓").arg(table.rows.unseen)
        onClicked: {
            if (table.frozen) {
                table.freezeRequested(false);
            } else {
                table.rows.following = true;
            }
        }
    }
}
