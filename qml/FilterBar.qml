// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// Which events are shown: the filter, those that have a name, how many pass; and the table's tools.
Rectangle {
    id: bar

    required property LiveView live
    property bool detailsShown: false

    signal done
    signal detailsToggled

    function begin(typed: string) {
        input.begin(typed);
    }

    implicitHeight: layout.implicitHeight + 16
    color: Theme.app

    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        anchors.topMargin: 10
        spacing: 6

        RowLayout {
            spacing: 8

            FilterInput {
                id: input

                objectName: "filterInput"
                Layout.fillWidth: true
                filter: bar.live.filter
                onDone: bar.done()
            }
            PushButton {
                id: saveButton

                objectName: "saveFilter"
                text: qsTr("Keep filter…")
                enabled: bar.live.filter.valid && bar.live.filter.text.trim().length > 0
                onClicked: savePopup.open()

                SaveFilterPopup {
                    id: savePopup

                    objectName: "savePopup"
                    live: bar.live
                    x: saveButton.mirrored ? 0 : saveButton.width - width
                    y: saveButton.height + 4
                }
            }
        }
        AlertText {
            objectName: "filterProblem"
            Layout.fillWidth: true
            visible: text.length > 0
            text: bar.live.filter.problem
            color: Theme.error
            font.pixelSize: Theme.sizeData
            wrapMode: Text.Wrap
        }
        RowLayout {
            spacing: 8

            ListView {
                id: saved

                objectName: "savedFilters"
                Layout.fillWidth: true
                Layout.preferredHeight: Theme.scaled(24)
                orientation: ListView.Horizontal
                spacing: 6
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: bar.live.savedFilters

                delegate: SavedFilterButton {
                    id: chip

                    required property int index
                    required property string name
                    required property string filter

                    // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                    // qmllint disable unqualified
                    objectName: "savedFilter" + index
                    anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                    text: name
                    on: bar.live.filter.text === filter
                    onClicked: bar.live.filter.use(on ? "" : filter)
                    onForgetRequested: bar.live.savedFilters.remove(index)
                    onActiveFocusChanged: {
                        if (activeFocus) {
                            saved.positionViewAtIndex(index, ListView.Contain);
                        }
                    }
                    // qmllint enable unqualified
                }
            }
            ShownCount {
                objectName: "shownCount"
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth
                Layout.minimumWidth: Math.min(implicitWidth, Theme.scaled(80))
                elide: Text.ElideRight
                live: bar.live
            }
            Rectangle {
                implicitWidth: 1
                implicitHeight: 14
                color: Theme.borderStrong
            }
            TableTools {
                live: bar.live
                detailsShown: bar.detailsShown
                onDetailsToggled: bar.detailsToggled()
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
    // How far the search is.
    Rectangle {
        objectName: "searchProgress"
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        visible: bar.live.searching
        width: parent.width * bar.live.searchProgress
        height: 2
        color: Theme.accentText
    }
}
