// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// One page of the window: it is there while the navigation says its name, and takes the keyboard then.
FocusScope {
    id: page

    required property Navigation navigation
    /// As in Navigation.pages().
    required property string name
    required property string title

    anchors.fill: parent
    visible: navigation.page === name
    onVisibleChanged: takeKeyboard()
    Component.onCompleted: takeKeyboard()

    function takeKeyboard() {
        if (visible) {
            forceActiveFocus();
        }
    }
}
