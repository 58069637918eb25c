// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A line to look for something in what is shown; Escape empties it.
TextField {
    id: field

    implicitHeight: Theme.heightControl
    leftPadding: 10
    rightPadding: 10
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: Text.AlignVCenter
    color: Theme.text
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.accent
    selectedTextColor: Theme.textOnAccent
    font.family: Theme.interfaceFont
    font.pixelSize: Theme.sizeText
    selectByMouse: true

    Accessible.name: placeholderText
    Accessible.role: Accessible.EditableText

    Keys.onEscapePressed: event => {
        event.accepted = text.length > 0;
        clear();
    }

    background: Rectangle {
        radius: Theme.radiusInput
        color: Theme.input
        border.color: Theme.borderStrong

        FocusRing {
            radius: Theme.radiusInput + 3
            visible: field.activeFocus
        }
    }
}
