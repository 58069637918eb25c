// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// The events as they come.
WindowPage {
    id: page

    required property LiveView live
    required property MonitorController controller

    function toggleDetails() {
        live.details.active = !live.details.active;
        if (!live.details.active) {
            table.takeKeyboard();
        }
    }

    /// A letter that nothing else has used begins a filter, wherever the keyboard is.
    function takeTyped(event: KeyEvent) {
        event.accepted = visible && event.text > " " && event.text !== "\x7f"
            && !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier));
        if (event.accepted) {
            filterBar.begin(event.text);
        }
    }

    Keys.onPressed: event => takeTyped(event)

    name: "live"
    title: qsTr("Live")

    Shortcut {
        sequence: "Ctrl+F"
        enabled: page.visible
        onActivated: filterBar.begin(page.live.filter.text)
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FilterBar {
            id: filterBar

            objectName: "filterBar"
            Layout.fillWidth: true
            live: page.live
            detailsShown: page.live.details.active
            onDone: table.takeKeyboard()
            onDetailsToggled: page.toggleDetails()
        }
        EventTable {
            id: table

            objectName: "eventTable"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            live: page.live
            emptyTitle: page.controller.emptyTitle
            emptyText: page.controller.emptyText
            onDetailsRequested: page.toggleDetails()
        }
        DetailsPane {
            objectName: "detailsPane"
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(Theme.scaled(220), Math.round(page.height * 0.36))
            visible: page.live.details.active
            details: page.live.details
            onChosen: number => page.live.rows.goTo(number)
            onCloseRequested: page.toggleDetails()
        }
    }
}
