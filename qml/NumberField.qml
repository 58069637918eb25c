// SPDX-License-Identifier: MIT
import QtQuick

/// A whole number within bounds; taken with the enter key or when the keyboard goes elsewhere.
Field {
    id: field

    property int value
    property int least
    property int most

    signal taken(int number)

    function show() {
        text = value;
    }

    implicitWidth: Theme.scaled(112)
    monospaced: true
    horizontalAlignment: TextInput.AlignRight
    problem: acceptableInput ? "" : qsTr("A number from %L1 to %L2.").arg(least).arg(most)
    validator: IntValidator {
        bottom: field.least
        top: field.most
    }
    onValueChanged: show()
    Component.onCompleted: show()
    onEditingFinished: {
        if (Number(text) !== value) {
            taken(Number(text));
        }
    }
    onActiveFocusChanged: {
        if (!activeFocus && !acceptableInput) {
            show();
        }
    }
}
