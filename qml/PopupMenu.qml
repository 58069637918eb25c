// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// A menu in the look of the window, as wide as its longest line.
Menu {
    id: menu

    padding: 4
    topPadding: 4
    bottomPadding: 4
    overlap: 0

    contentWidth: {
        let widest = 0;
        for (let at = 0; at < count; ++at) {
            widest = Math.max(widest, itemAt(at).implicitWidth);
        }
        return widest;
    }

    background: Rectangle {
        color: Theme.card
        border.color: Theme.borderStrong
        radius: Theme.radiusInput
    }
}
