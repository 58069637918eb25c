// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A filter that has a name. While it is in force a click takes it away again; Delete or the right button forgets it.
AbstractButton {
    id: chip

    property bool on: false

    checkable: true
    checked: on
    onClicked: checked = Qt.binding(() => on)

    signal forgetRequested

    implicitHeight: Theme.scaled(22)
    implicitWidth: implicitContentWidth + 20
    topPadding: (height - implicitContentHeight) / 2
    bottomPadding: topPadding
    focusPolicy: Qt.TabFocus

    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    Keys.onDeletePressed: forgetRequested()
    Keys.onMenuPressed: menu.popup(chip, 0, height)

    Accessible.name: on ? qsTr("Filter %1, in force").arg(text) : qsTr("Filter %1").arg(text)
    Accessible.role: Accessible.Button
    Accessible.onPressAction: clicked()

    contentItem: Label {
        text: chip.text
        color: chip.on ? Theme.textOnAccent : chip.hovered ? Theme.text : Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
        font.weight: Font.Medium
        horizontalAlignment: Text.AlignHCenter
    }
    background: Rectangle {
        radius: height / 2
        color: chip.on ? Theme.accent : chip.hovered ? Theme.rowHover : "transparent"
        border.color: chip.on ? "transparent" : Theme.borderStrong

        FocusRing {
            anchors.margins: -2
            radius: parent.radius + 2
            visible: chip.visualFocus
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: menu.popup(chip, 0, chip.height)
    }
    PopupMenu {
        id: menu

        objectName: "savedFilterMenu"
        onOpened: currentIndex = 0

        PopupMenuItem {
            objectName: "forgetFilter"
            text: qsTr("Forget this filter")
            onTriggered: chip.forgetRequested()
        }
    }
}
