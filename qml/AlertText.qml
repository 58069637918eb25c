// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// A text that is told to who cannot see it, whenever it is another one.
Item {
    id: alert

    property alias text: label.text
    property alias color: label.color
    property alias font: label.font
    property alias wrapMode: label.wrapMode
    property alias elide: label.elide
    property string explanation

    implicitWidth: label.implicitWidth
    implicitHeight: label.implicitHeight

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
    Accessible.description: explanation

    Announcement {
        item: alert
        text: alert.visible ? alert.text : ""
    }
    // A Text has the role of one in Qt 6.4, whatever it is given.
    Label {
        id: label

        anchors.fill: parent
        Accessible.ignored: true
    }
}
