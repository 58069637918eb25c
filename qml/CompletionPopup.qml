// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// What may come next in the text above it. The keyboard stays in the text.
Popup {
    id: popup

    property int start: 0
    readonly property bool chosen: list.currentIndex >= 0

    signal accepted(int start, string candidate)

    /// As FilterField.completion() gives them; nothing to propose closes it.
    function show(completion: var) {
        start = completion.start;
        // A list that is set makes all its lines anew, and many a key changes nothing about them.
        if (list.model === undefined || list.model.join() !== completion.candidates.join()) {
            list.model = completion.candidates;
        }
        list.currentIndex = -1;
        if (list.count > 0) {
            open();
        } else {
            close();
        }
    }
    function step(by: int) {
        list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + by));
    }
    function accept() {
        take(Math.max(0, list.currentIndex));
    }
    function take(index: int) {
        const candidate = list.model[index];
        close();
        accepted(start, candidate);
    }

    padding: 4
    width: Theme.scaled(190)
    height: Math.min(list.count, 8) * Theme.scaled(22) + 2 * padding
    closePolicy: Popup.CloseOnPressOutsideParent

    // Not the content item: an id there would make it at once.
    ListView {
        id: list

        anchors.fill: parent
        clip: true
        currentIndex: -1
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Completions")

        delegate: Rectangle {
            id: line

            required property int index
            required property string modelData

            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            objectName: "completion" + index
            width: list.width
            height: Theme.scaled(22)
            radius: Theme.radiusChip
            color: list.currentIndex === index ? Theme.accent : (pointer.containsMouse ? Theme.rowHover : "transparent")

            Accessible.role: Accessible.ListItem
            Accessible.name: modelData

            Label {
                anchors.fill: parent
                anchors.leftMargin: 8
                text: line.modelData
                color: list.currentIndex === line.index ? Theme.textOnAccent : Theme.text
                font.family: Theme.monospaceFont
                font.pixelSize: Theme.sizeData
                font.preferShaping: false
            }
            MouseArea {
                id: pointer

                anchors.fill: parent
                hoverEnabled: true
                onClicked: popup.take(line.index)
            }
            // qmllint enable unqualified
        }
    }
    background: Rectangle {
        color: Theme.card
        border.color: Theme.borderStrong
        radius: Theme.radiusInput
    }
}
