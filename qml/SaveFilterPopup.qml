// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// Asks for the name of a filter that is to be kept.
Popup {
    id: popup

    required property LiveView live

    function save() {
        if (nameInput.text.trim().length > 0) {
            live.savedFilters.save(nameInput.text, live.filter.text);
            close();
        }
    }

    padding: 12
    focus: true
    onAboutToShow: nameInput.clear()
    onOpened: nameInput.forceActiveFocus()

    // Not the content item: an id in there would make it at once.
    Row {
        spacing: 8

        TextField {
            id: nameInput

            objectName: "filterName"
            width: Theme.scaled(180)
            height: Theme.heightControl
            topPadding: 0
            bottomPadding: 0
            verticalAlignment: Text.AlignVCenter
            maximumLength: 40
            placeholderText: qsTr("Name of this filter")
            placeholderTextColor: Theme.textSecondary
            color: Theme.text
            font.pixelSize: Theme.sizeText
            Accessible.name: placeholderText
            onAccepted: popup.save()

            background: Rectangle {
                radius: Theme.radiusInput
                color: Theme.input
                border.color: nameInput.activeFocus ? Theme.accentText : Theme.borderStrong
            }
        }
        PushButton {
            objectName: "keepFilter"
            text: qsTr("Keep")
            prominent: true
            enabled: nameInput.text.trim().length > 0
            onClicked: popup.save()
        }
    }
    background: Rectangle {
        color: Theme.card
        border.color: Theme.borderStrong
        radius: Theme.radiusInput
    }
}
