// SPDX-License-Identifier: MIT
import QtQuick

/// What a page says while it has nothing to show.
Column {
    id: empty

    property string title
    property string text
    property real maximumWidth: parent ? parent.width - 64 : 0

    spacing: 6

    component Line: Label {
        anchors.horizontalCenter: parent.horizontalCenter
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    Line {
        width: Math.min(implicitWidth, empty.maximumWidth)
        text: empty.title
        font.pixelSize: Theme.sizeTitle
        font.weight: Font.DemiBold
    }
    Line {
        width: Math.min(implicitWidth, empty.maximumWidth)
        text: empty.text
        color: Theme.textSecondary
    }
}
