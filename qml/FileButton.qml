// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// What can be done with files.
PushButton {
    id: button

    signal openWanted
    signal saveWanted(bool onlyShown)

    text: qsTr("File")
    onClicked: menu.popup(button, mirrored ? button.width - menu.width : 0, button.height + 4)

    PopupMenu {
        id: menu

        objectName: "fileMenu"
        onOpened: currentIndex = 0

        PopupMenuItem {
            objectName: "openCapture"
            text: qsTr("Open a capture…")
            onTriggered: button.openWanted()
        }
        PopupMenuItem {
            objectName: "saveEverything"
            text: qsTr("Save everything…")
            onTriggered: button.saveWanted(false)
        }
        PopupMenuItem {
            objectName: "saveShown"
            text: qsTr("Save what is shown…")
            onTriggered: button.saveWanted(true)
        }
    }
}
