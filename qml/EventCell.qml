// SPDX-License-Identifier: MIT
import QtQuick

/// One cell of a row, in the column that it stands in.
Item {
    id: cell

    required property string key
    required property real cellX
    required property real span
    required property bool numeric
    required property bool exact

    property string text
    property bool failure: false
    /// Whether the row's ground has a colour, on which that of a failure would be hard to read.
    property bool tinted: false
    /// Whether the keyboard is on it.
    property bool current: false

    readonly property bool truncated: label.truncated
    readonly property bool plain: key !== "path" && key !== "application"
    readonly property bool leading: key === "operation" || (key === "result" && failure)

    anchors.left: parent.left
    anchors.leftMargin: cellX
    width: span
    height: Theme.heightRow

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: -5
        anchors.rightMargin: -5
        anchors.topMargin: 1
        anchors.bottomMargin: 1
        visible: cell.current
        color: "transparent"
        border.color: Theme.accentText
        radius: Theme.radiusChip
    }
    Label {
        id: label

        // Digits stand below digits, wherever the column is.
        LayoutMirroring.enabled: cell.LayoutMirroring.enabled && !cell.numeric
        anchors.fill: parent
        visible: cell.plain
        text: cell.plain ? cell.text : ""
        color: cell.leading ? (cell.key === "result" && !cell.tinted ? Theme.error : Theme.text)
            : Theme.textSecondary
        font.weight: cell.key === "result" && cell.failure ? Font.DemiBold : Font.Normal
        font.family: cell.exact ? Theme.monospaceFont : Theme.interfaceFont
        font.pixelSize: Theme.sizeData
        font.preferShaping: !cell.exact
        horizontalAlignment: cell.numeric ? Text.AlignRight : Text.AlignLeft
        elide: Text.ElideRight
    }
}
