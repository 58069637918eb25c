// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Window

/// Keeps what the keyboard is on in sight of a view that scrolls.
Item {
    id: follower

    required property Flickable view
    readonly property Item focused: Window.activeFocusItem
    readonly property int margin: 12

    onFocusedChanged: {
        let above = focused;
        while (above !== null && above !== view.contentItem) {
            above = above.parent;
        }
        if (above === null) {
            return;
        }
        const top = focused.mapToItem(view.contentItem, 0, 0).y - margin;
        const bottom = top + focused.height + 2 * margin;
        if (top < view.contentY) {
            view.contentY = Math.max(0, top);
        } else if (bottom > view.contentY + view.height) {
            view.contentY = Math.max(0, Math.min(bottom, view.contentHeight) - view.height);
        }
    }
}
