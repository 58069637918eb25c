// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// How the table looks: its times, its columns, its colours, and the pane below it.
Row {
    id: tools

    required property LiveView live
    property bool detailsShown: false

    signal detailsToggled

    spacing: 2

    QuietButton {
        id: timeButton

        objectName: "timeButton"
        text: qsTr("Time")
        onClicked: timeMenu.popup(timeButton, mirrored ? width - timeMenu.width : 0, height + 2)

        PopupMenu {
            id: timeMenu

            objectName: "timeMenu"
            onOpened: currentIndex = 0

            component Form: CheckMenuItem {
                required property int form

                // qmllint disable unqualified
                on: tools.live.rows.shown.timeForm === form
                onTriggered: tools.live.rows.shown.timeForm = form
                // qmllint enable unqualified
            }

            Form {
                objectName: "timeClock"
                form: ShownRows.Clock
                label: qsTr("Clock")
            }
            Form {
                objectName: "timeRelative"
                form: ShownRows.Relative
                label: qsTr("Since the first event")
            }
            Form {
                objectName: "timeDelta"
                form: ShownRows.Delta
                label: qsTr("Since the row above")
            }
        }
    }
    QuietButton {
        id: columnsButton

        objectName: "columnsButton"
        text: qsTr("Columns")
        onClicked: columnsMenu.popup(columnsButton, mirrored ? width - columnsMenu.width : 0, height + 2)

        ColumnsMenu {
            id: columnsMenu

            objectName: "columnsToolMenu"
            columns: tools.live.columns
        }
    }
    QuietButton {
        id: highlightsButton

        objectName: "highlightsButton"
        text: tools.live.highlights.count > 0 ? qsTr("Highlights (%1)").arg(tools.live.highlights.count)
            : qsTr("Highlights")
        onClicked: highlightsPopup.open()

        HighlightsPopup {
            id: highlightsPopup

            objectName: "highlightsPopup"
            live: tools.live
            x: highlightsButton.mirrored ? 0 : highlightsButton.width - width
            y: highlightsButton.height + 4
        }
    }
    QuietButton {
        objectName: "detailsButton"
        text: qsTr("Details")
        checkable: true
        on: tools.detailsShown
        onClicked: tools.detailsToggled()
    }
}
