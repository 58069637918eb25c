// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts

/// One path rule, to be changed in place.
Rectangle {
    id: row

    required property int index
    required property string prefix
    required property bool included
    required property double hits
    required property string problem

    property bool deciding: false
    property bool busy: false

    signal prefixEdited(string text)
    signal includedToggled
    signal removed

    function takeKeyboard() {
        field.forceActiveFocus(Qt.TabFocusReason);
    }

    implicitHeight: Theme.heightLine
    color: deciding ? Theme.rowCurrent : "transparent"

    Accessible.role: Accessible.ListItem
    Accessible.name: included ? qsTr("Keep %1").arg(prefix) : qsTr("Leave out %1").arg(prefix)

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        spacing: 12

        PushButton {
            objectName: "ruleAction"
            Layout.preferredWidth: 96
            enabled: !row.busy
            text: row.included ? qsTr("Keep") : qsTr("Leave out")
            Accessible.description: row.prefix
            onClicked: row.includedToggled()
        }
        Field {
            id: field

            objectName: "rulePrefix"
            Layout.fillWidth: true
            enabled: !row.busy
            name: qsTr("Path of the rule")
            monospaced: true
            text: row.prefix
            problem: row.problem
            onTextEdited: row.prefixEdited(text)
        }
        Label {
            Layout.preferredWidth: 96
            text: Number(row.hits).toLocaleString(Qt.locale(), "f", 0)
            color: Theme.textSecondary
            font.family: Theme.monospaceFont
            font.pixelSize: Theme.sizeData
            horizontalAlignment: Text.AlignRight
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%L1 hits").arg(row.hits)
        }
        PushButton {
            objectName: "ruleRemove"
            enabled: !row.busy
            text: qsTr("Remove")
            Accessible.description: row.prefix
            onClicked: row.removed()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
