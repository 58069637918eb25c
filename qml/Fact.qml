// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts

/// A name and what is so called; a dash while it is not known.
Item {
    id: fact

    property string label
    property string value
    property bool monospaced: false

    readonly property string shown: value.length > 0 ? value : "–"

    Layout.fillWidth: true
    implicitWidth: name.implicitWidth + 12 + text.implicitWidth
    implicitHeight: Math.max(name.implicitHeight, text.implicitHeight)

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1: %2").arg(label).arg(shown)

    Label {
        id: name

        anchors.left: parent.left
        text: fact.label
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeData
    }
    Label {
        id: text

        anchors.left: name.right
        anchors.leftMargin: 12
        anchors.right: parent.right
        text: fact.shown
        font.family: fact.monospaced ? Theme.monospaceFont : Theme.interfaceFont
        font.pixelSize: Theme.sizeData
        horizontalAlignment: Text.AlignRight
        elide: Text.ElideRight
    }
}
