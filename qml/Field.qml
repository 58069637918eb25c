// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// A line to type into; it is red, and says why, while what is typed cannot be taken.
TextField {
    id: field

    property string name
    property string problem
    property bool monospaced: false

    implicitHeight: Theme.heightControl
    leftPadding: 10
    rightPadding: 10
    topPadding: 0
    bottomPadding: 0
    horizontalAlignment: TextInput.AlignLeft
    verticalAlignment: TextInput.AlignVCenter
    color: Theme.text
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.accent
    selectedTextColor: Theme.textOnAccent
    font.family: monospaced ? Theme.monospaceFont : Theme.interfaceFont
    font.pixelSize: Theme.sizeData
    opacity: enabled ? 1 : 0.5

    // Paths and numbers do in every language.
    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft && !monospaced
    LeftToRight {
        line: field.monospaced ? field : null
    }

    Accessible.name: name
    Accessible.description: enabled ? problem : Theme.unavailable

    background: Rectangle {
        radius: Theme.radiusButton
        color: Theme.input
        border.width: field.activeFocus ? 2 : 1
        border.color: field.problem.length > 0 ? Theme.error
            : field.activeFocus ? Theme.accentText : Theme.borderStrong
    }
    Hint {
        visible: field.problem.length > 0 && (field.hovered || field.activeFocus)
        delay: 0
        text: field.problem
        y: field.height + 4
    }
}
