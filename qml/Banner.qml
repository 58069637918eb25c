// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// One sentence that says what is wrong, and a button for what can be done about it.
Rectangle {
    id: banner

    property string text
    property string buttonText
    property color tone: Theme.warning

    signal triggered

    implicitHeight: layout.implicitHeight + 20
    color: Theme.tint(tone, Theme.dark ? 0.12 : 0.08)

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Announcement {
        item: banner
        text: banner.visible ? banner.text : ""
    }
    Rectangle {
        anchors.left: parent.left
        width: 3
        height: parent.height
        color: banner.tone
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.border
    }
    RowLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: 16
        anchors.rightMargin: 16
        spacing: 12

        Rectangle {
            implicitWidth: 18
            implicitHeight: 18
            radius: 9
            color: "transparent"
            border.color: banner.tone
            border.width: 1.5

            Label {
                anchors.centerIn: parent
                text: "!"
                color: banner.tone
                font.pixelSize: Theme.sizeData
                font.weight: Font.Bold
            }
        }
        Label {
            Layout.fillWidth: true
            text: banner.text
            wrapMode: Text.Wrap
        }
        PushButton {
            objectName: "bannerButton"
            visible: text.length > 0
            text: banner.buttonText
            onClicked: banner.triggered()
        }
    }
}
