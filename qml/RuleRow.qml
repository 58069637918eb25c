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
    signal removed(int reason)
    /// The keyboard goes on to the control in this place of another rule; `by` is how far down.
    signal stepped(int by, int place)

    readonly property list<Item> places: [action, field, remove]
    readonly property int fieldPlace: 1

    /// `place` counts the controls from the left.
    function takeKeyboard(place: int, reason: int) {
        places[place].forceActiveFocus(reason);
    }
    /// The order of the rows, which is not always that in which the list has made them.
    function walk(event: KeyEvent, place: int) {
        event.accepted = true;
        if (event.key === Qt.Key_Down) {
            stepped(1, place);
        } else if (event.key === Qt.Key_Up) {
            stepped(-1, place);
        } else if (event.key === Qt.Key_Tab && place === places.length - 1) {
            stepped(1, 0);
        } else if (event.key === Qt.Key_Backtab && place === 0) {
            stepped(-1, places.length - 1);
        } else {
            event.accepted = false;
        }
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
            id: action

            objectName: "ruleAction"
            Layout.preferredWidth: Theme.scaled(96)
            enabled: !row.busy
            text: row.included ? qsTr("Keep") : qsTr("Leave out")
            about: row.prefix
            Keys.onPressed: event => row.walk(event, 0)
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
            Keys.onPressed: event => row.walk(event, row.fieldPlace)
            onTextEdited: row.prefixEdited(text)
        }
        Label {
            Layout.preferredWidth: Theme.scaled(96)
            text: Number(row.hits).toLocaleString(Qt.locale(), "f", 0)
            color: Theme.textSecondary
            font.family: Theme.monospaceFont
            font.pixelSize: Theme.sizeData
            horizontalAlignment: Text.AlignRight
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%L1 hits").arg(row.hits)
        }
        PushButton {
            id: remove

            objectName: "ruleRemove"
            enabled: !row.busy
            text: qsTr("Remove")
            about: row.prefix
            Keys.onPressed: event => row.walk(event, 2)
            onClicked: row.removed(focusReason)
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
}
