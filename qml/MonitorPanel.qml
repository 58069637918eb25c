// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// Capture at a glance, for any program's window: how it goes, its pause, what became of the events, and
/// which applications do most. Of the same pieces as the monitor's own window.
FocusScope {
    id: panel

    /// Where the helper is: "system", "session" or a D-Bus address. Set once.
    property alias bus: source.bus
    readonly property Monitor monitor: source.monitor
    readonly property string problem: monitor !== null ? monitor.controller.problem : source.problem

    implicitWidth: 420
    implicitHeight: content.implicitHeight + 24

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("File activity on this machine")

    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    PanelMonitor {
        id: source

        active: panel.visible
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.app
        border.color: Theme.border
        radius: Theme.radiusCard
    }
    ColumnLayout {
        id: content

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 12
        spacing: 10

        Loader {
            Layout.fillWidth: true
            active: panel.monitor !== null
            visible: active
            sourceComponent: PanelContent {
                monitor: panel.monitor // qmllint disable unqualified
            }
        }
        AlertText {
            objectName: "panelProblem"
            Layout.fillWidth: true
            visible: text.length > 0
            text: panel.problem
            color: Theme.warning
            wrapMode: Text.Wrap
        }
    }
}
