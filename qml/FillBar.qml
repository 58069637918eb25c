// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts

/// How full something is.
ColumnLayout {
    id: bar

    property string label
    property string value
    property real share: 0

    Layout.fillWidth: true
    spacing: 6

    Fact {
        label: bar.label
        value: bar.value
        monospaced: true
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 4
        radius: 2
        color: Theme.border

        Rectangle {
            anchors.left: parent.left
            width: parent.width * bar.share
            height: parent.height
            radius: 2
            color: bar.share > 0.8 ? Theme.warning : Theme.accentText
        }
    }
}
