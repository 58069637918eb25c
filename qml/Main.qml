// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

ApplicationWindow {
    id: window

    required property Monitor monitor
    readonly property MonitorController controller: monitor.controller
    readonly property EventFiles files: monitor.files
    // A capture that was opened is seen in the place of what is live.
    readonly property LiveView live: files.opened !== null ? files.opened.live : monitor.live
    readonly property SummaryView summary: files.opened !== null ? files.opened.summary : monitor.summary

    readonly property string remedyText: {
        switch (controller.remedy) {
        case MonitorController.Resume:
            return qsTr("Resume");
        case MonitorController.Authorize:
            return qsTr("Authorize…");
        case MonitorController.TryAgain:
            return qsTr("Try again");
        default:
            return "";
        }
    }

    /// Before all others, as far as the window system lets that be.
    function comeToFront() {
        if (visibility === Window.Minimized) {
            showNormal();
        }
        show();
        raise();
        requestActivate();
    }

    /// Nobody types into what cannot be seen: else the page has the keyboard.
    function keepKeyboard() {
        if (activeFocusItem === null || !activeFocusItem.visible) {
            for (let index = 0; index < top.pages.length; ++index) {
                top.pages[index].takeKeyboard();
            }
        }
    }

    width: 1280
    height: 800
    minimumWidth: 800
    minimumHeight: 600
    visible: true
    title: qsTr("Lunaris Kernel Monitor")

    color: Theme.app
    font.family: Theme.interfaceFont
    font.pixelSize: Theme.sizeText
    palette.window: Theme.app
    palette.windowText: Theme.text
    palette.base: Theme.input
    palette.alternateBase: Theme.card
    palette.text: Theme.text
    palette.placeholderText: Theme.textSecondary
    palette.button: Theme.input
    palette.buttonText: Theme.text
    palette.mid: Theme.borderStrong
    palette.dark: Theme.textSecondary
    palette.highlight: Theme.accent
    palette.highlightedText: Theme.textOnAccent
    palette.toolTipBase: Theme.card
    palette.toolTipText: Theme.text
    palette.disabled.windowText: Theme.textDisabled
    palette.disabled.text: Theme.textDisabled
    palette.disabled.buttonText: Theme.textDisabled

    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    // A message that has been answered takes the button with it that the keyboard is on.
    Connections {
        target: window.activeFocusItem

        function onVisibleChanged() {
            // When others had the time to take it. Qt 6.4's linter takes it for no function.
            // qmllint disable
            Qt.callLater(window.keepKeyboard);
            // qmllint enable
        }
    }
    Binding {
        target: Theme
        property: "look"
        value: window.monitor.settings.look
    }
    EveryoneNotice {
        scope: window.monitor.scope
    }

    TrayHost {
        id: trayHost
    }
    Loader {
        id: tray

        active: trayHost.available
        Component.onCompleted: setSource("Tray.qml", { monitor: window.monitor })
    }
    Connections {
        target: tray.item

        function onWindowWanted() {
            window.comeToFront();
        }
        function onQuitWanted() {
            window.close();
        }
    }

    header: Header {
        id: top

        Keys.onPressed: event => livePage.takeTyped(event)
        monitor: window.monitor
        live: window.live
        onOpenWanted: fileDialogs.open()
        onSaveWanted: onlyShown => fileDialogs.save(onlyShown)
        pages: [livePage, summaryPage, statisticsPage, rulesPage, settingsPage]
    }
    footer: StatusBar {
        monitor: window.monitor
        live: window.live
    }

    FileDialogs {
        id: fileDialogs

        files: window.files
    }
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            if (drop.hasUrls) {
                window.files.open(drop.urls[0]);
            }
        }
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Banner {
            objectName: "captureBanner"
            Layout.fillWidth: true
            visible: window.files.opened !== null
            text: window.files.opened === null ? ""
                : window.files.opened.loading ? qsTr("%1 (%2 %)").arg(window.files.opened.sentence)
                    .arg(Math.floor(window.files.opened.progress * 100)) : window.files.opened.sentence
            tone: window.files.opened !== null && window.files.opened.damaged ? Theme.warning : Theme.accentText
            buttonText: qsTr("Back to live")
            onTriggered: window.files.close()
        }
        Banner {
            objectName: "savingBanner"
            Layout.fillWidth: true
            visible: window.files.saving
            text: qsTr("Saving: %1 %").arg(Math.floor(window.files.progress * 100))
            tone: Theme.accentText
            buttonText: qsTr("Cancel")
            onTriggered: window.files.cancelSaving()
        }
        Banner {
            objectName: "fileBanner"
            Layout.fillWidth: true
            visible: text.length > 0
            text: window.files.message
            tone: window.files.failed ? Theme.error : Theme.success
            buttonText: qsTr("Dismiss")
            onTriggered: window.files.dismissMessage()
        }
        Banner {
            objectName: "problemBanner"
            Layout.fillWidth: true
            visible: text.length > 0
            text: window.controller.problem
            tone: window.controller.condition === MonitorController.Trouble ? Theme.error : Theme.warning
            buttonText: window.remedyText
            onTriggered: window.controller.remedyProblem()
        }
        Banner {
            objectName: "commandBanner"
            Layout.fillWidth: true
            visible: text.length > 0
            text: window.controller.commandError
            tone: Theme.error
            buttonText: qsTr("Dismiss")
            onTriggered: window.controller.dismissCommandError()
        }
        Item {
            objectName: "pages"
            Layout.fillWidth: true
            Layout.fillHeight: true

            LivePage {
                id: livePage

                navigation: window.monitor.navigation
                live: window.live
                controller: window.controller
            }
            SummaryPage {
                id: summaryPage

                navigation: window.monitor.navigation
                summary: window.summary
                onFilterChosen: filter => {
                    if (window.live.filter.use(filter)) {
                        window.monitor.navigation.page = livePage.name;
                    }
                }
            }
            StatisticsPage {
                id: statisticsPage

                navigation: window.monitor.navigation
                statistics: window.monitor.statistics
                facts: window.monitor.facts
                controller: window.controller
            }
            RulesPage {
                id: rulesPage

                navigation: window.monitor.navigation
                editor: window.monitor.rules
                controller: window.controller
            }
            SettingsPage {
                id: settingsPage

                navigation: window.monitor.navigation
                settings: window.monitor.settings
                scope: window.monitor.scope
                history: window.monitor.history
                rows: window.monitor.live.rows.shown
            }
        }
    }
}
