// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

/// A page that is taller than the window at times: arrow keys, page keys and the wheel move it.
WindowPage {
    id: page

    default property alias content: body.data
    property alias spacing: body.spacing
    /// Whether what stands on it has at least the height of the window.
    property bool fills: false
    readonly property int margin: 16
    readonly property real contentWidth: body.width

    function scrollBy(pixels: real) {
        view.contentY = Math.max(0, Math.min(view.contentY + pixels, view.contentHeight - view.height));
    }

    Keys.onPressed: event => {
        const line = 3 * Theme.heightRow;
        event.accepted = true;
        if (event.key === Qt.Key_Down) {
            page.scrollBy(line);
        } else if (event.key === Qt.Key_Up) {
            page.scrollBy(-line);
        } else if (event.key === Qt.Key_PageDown) {
            page.scrollBy(view.height - line);
        } else if (event.key === Qt.Key_PageUp) {
            page.scrollBy(line - view.height);
        } else if (event.key === Qt.Key_Home) {
            page.scrollBy(-view.contentHeight);
        } else if (event.key === Qt.Key_End) {
            page.scrollBy(view.contentHeight);
        } else {
            event.accepted = false;
        }
    }

    Flickable {
        id: view

        objectName: page.name + "View"
        anchors.fill: parent
        contentHeight: body.height + 2 * page.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ScrollBar.vertical: TableScrollBar {}

        FocusFollower {
            view: view
        }
        ColumnLayout {
            id: body

            anchors.left: parent.left
            anchors.leftMargin: page.margin
            y: page.margin
            width: view.width - 2 * page.margin
            height: page.fills ? Math.max(implicitHeight, view.height - 2 * page.margin) : implicitHeight
            spacing: 16
        }
    }
}
