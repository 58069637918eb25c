// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts

/// A surface for things that belong together, under a name.
Rectangle {
    id: card

    property string title
    property color tone: Theme.text
    default property alias content: body.data

    implicitWidth: body.implicitWidth + 32
    implicitHeight: heading.implicitHeight + body.implicitHeight + 44
    radius: Theme.radiusCard
    color: Theme.card
    border.color: Theme.border

    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Label {
        id: heading

        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.right: parent.right
        anchors.rightMargin: 16
        y: 16
        wrapMode: Text.Wrap
        text: card.title
        color: card.tone
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    ColumnLayout {
        id: body

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: heading.bottom
        anchors.bottom: parent.bottom
        anchors.margins: 16
        anchors.topMargin: 12
        spacing: 8
    }
}
