// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// All that is known of the current row, below the table.
Rectangle {
    id: pane

    required property EventDetails details

    signal chosen(double number)
    signal closeRequested

    color: Theme.card

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Details")

    Keys.onEscapePressed: closeRequested()

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.borderStrong
    }
    Label {
        anchors.centerIn: parent
        visible: pane.details.fields.length === 0
        text: qsTr("Choose a row to see all that is known of it.")
        color: Theme.textSecondary
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        anchors.topMargin: 10
        anchors.bottomMargin: 8
        visible: pane.details.fields.length > 0
        spacing: 20

        ColumnLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredWidth: 5
            spacing: 6

            Label {
                objectName: "detailsTitle"
                Layout.fillWidth: true
                elide: Text.ElideRight
                text: pane.details.title
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            DetailFields {
                Layout.fillHeight: true
                Layout.fillWidth: true
                details: pane.details
            }
        }
        Rectangle {
            Layout.fillHeight: true
            implicitWidth: 1
            visible: pane.details.event
            color: Theme.border
        }
        ColumnLayout {
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredWidth: 6
            visible: pane.details.event
            spacing: 8

            RelatedList {
                objectName: "sameFile"
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredHeight: 2
                title: qsTr("Same file")
                emptyText: pane.details.searching ? qsTr("Looking…") : qsTr("Nothing else happened to it.")
                events: pane.details.sameFile
                onChosen: number => pane.chosen(number)
            }
            RelatedList {
                objectName: "sameProcess"
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredHeight: 3
                title: qsTr("Same process")
                emptyText: pane.details.searching ? qsTr("Looking…") : qsTr("It did nothing else.")
                paths: true
                events: pane.details.sameProcess
                onChosen: number => pane.chosen(number)
            }
        }
        QuietButton {
            objectName: "closeDetails"
            Layout.alignment: Qt.AlignTop
            text: "×"
            Accessible.name: qsTr("Close details")
            onClicked: pane.closeRequested()
        }
    }
}
