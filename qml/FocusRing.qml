// SPDX-License-Identifier: MIT
import QtQuick

/// Around the control that the keyboard is on.
Rectangle {
    anchors.fill: parent
    anchors.margins: -3
    color: "transparent"
    border.color: Theme.accentText
    border.width: 2
    radius: Theme.radiusButton + 3
}
