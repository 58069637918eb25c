// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A thin bar, there only where there is more than fits.
ScrollBar {
    id: bar

    policy: size < 1 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    // Long enough to be taken hold of, however short the bar.
    minimumSize: Math.min(1, Math.max(0.06, 24 / Math.max(1, availableHeight)))

    Accessible.name: qsTr("Scroll bar")
    Accessible.role: Accessible.ScrollBar
    Accessible.focusable: false

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: bar.pressed || bar.hovered ? Theme.textSecondary : Theme.borderStrong
    }
}
