// SPDX-License-Identifier: MIT
import QtQuick

/// A word set apart from the text beside it.
Rectangle {
    id: tag

    property string text
    property color tone: Theme.textSecondary

    implicitWidth: label.implicitWidth + 10
    implicitHeight: Theme.heightTag
    radius: Theme.radiusChip
    color: "transparent"
    border.color: tone

    Label {
        id: label

        anchors.centerIn: parent
        text: tag.text
        color: tag.tone
        font.pixelSize: 10
        font.weight: Font.Medium
    }
}
