// SPDX-License-Identifier: MIT
import QtQuick

/// What the table says while it has nothing to show.
Column {
    id: state

    property string title
    property string text

    spacing: 6

    Label {
        anchors.horizontalCenter: parent.horizontalCenter
        text: state.title
        font.pixelSize: Theme.sizeTitle
        font.weight: Font.DemiBold
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Label {
        anchors.horizontalCenter: parent.horizontalCenter
        text: state.text
        color: Theme.textSecondary
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
