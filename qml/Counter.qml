// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A number and what it counts.
Item {
    id: counter

    property string label
    property double value: 0
    property bool known: true
    property string explanation
    /// A number that somebody should see: with a sign, so that colour is not all that says so.
    property bool alarming: false

    readonly property string valueText: known ? Number(value).toLocaleString(Qt.locale(), "f", 0) : "–"

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2").arg(label).arg(valueText)
    Accessible.description: explanation

    Row {
        id: row

        anchors.verticalCenter: parent.verticalCenter
        spacing: 6

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: counter.alarming
            width: 14
            height: 14
            radius: 7
            color: "transparent"
            border.color: Theme.warning

            Label {
                anchors.centerIn: parent
                text: "!"
                color: Theme.warning
                font.pixelSize: 10
                font.weight: Font.Bold
            }
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: counter.label
            color: counter.alarming ? Theme.warning : Theme.textSecondary
            font.pixelSize: Theme.sizeData
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: counter.valueText
            color: counter.alarming ? Theme.warning : Theme.text
            font.family: Theme.monospaceFont
            font.pixelSize: Theme.sizeData
            font.weight: counter.alarming ? Font.Bold : Font.Normal
        }
    }
    HoverHandler {
        id: hover
    }
    Hint {
        visible: hover.hovered && counter.explanation.length > 0
        text: counter.explanation
        y: -height - 6
    }
}
