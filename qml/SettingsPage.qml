// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// What a person can choose for this window.
ScrollPage {
    id: page

    required property Settings settings
    required property ScopeChoice scope
    required property History history
    required property ShownRows rows

    name: "settings"
    title: qsTr("Settings")

    component Line: Rectangle {
        Layout.fillWidth: true
        implicitHeight: 1
        color: Theme.border
    }

    Card {
        Layout.fillWidth: true
        Layout.maximumWidth: 880
        Layout.alignment: Qt.AlignHCenter
        title: qsTr("Watching")

        SettingLine {
            label: qsTr("Whose activity")
            explanation: qsTr("That of everyone is for administrators, and takes a password.")

            Choice {
                objectName: "scopeOwn"
                text: qsTr("Mine")
                chosen: !page.scope.everyone
                onClicked: page.scope.choose(false)
            }
            Choice {
                objectName: "scopeEveryone"
                text: qsTr("Everyone's")
                chosen: page.scope.everyone
                onClicked: page.scope.choose(true)
            }
        }
        Line {}
        SettingLine {
            label: qsTr("Start with what happened just before")
            explanation: qsTr("From the next time on that this window begins to watch.")

            Choice {
                objectName: "backlogYes"
                text: qsTr("Yes")
                chosen: page.settings.backlog
                onClicked: page.settings.backlog = true
            }
            Choice {
                objectName: "backlogNo"
                text: qsTr("No")
                chosen: !page.settings.backlog
                onClicked: page.settings.backlog = false
            }
        }
    }
    Card {
        Layout.fillWidth: true
        Layout.maximumWidth: 880
        Layout.alignment: Qt.AlignHCenter
        title: qsTr("History")

        SettingLine {
            label: qsTr("Events to keep")
            explanation: qsTr("The oldest go first. It is kept in memory only, and gone with this window.")

            NumberField {
                objectName: "historyRows"
                name: qsTr("Events to keep")
                least: 1000
                most: 5000000
                value: page.settings.historyRows
                onTaken: number => page.settings.historyRows = number
            }
        }
        Line {}
        SettingLine {
            label: qsTr("Memory for them, in MiB")
            explanation: qsTr("Held now: %1.").arg(page.history.held)

            NumberField {
                objectName: "historyMegabytes"
                name: qsTr("Memory for events, in MiB")
                least: 16
                most: 4096
                value: page.settings.historyMegabytes
                onTaken: number => page.settings.historyMegabytes = number
            }
        }
    }
    Card {
        Layout.fillWidth: true
        Layout.maximumWidth: 880
        Layout.alignment: Qt.AlignHCenter
        title: qsTr("Look")

        SettingLine {
            label: qsTr("Colours")

            Choice {
                objectName: "lookSystem"
                text: qsTr("As the desktop")
                chosen: page.settings.look === Settings.System
                onClicked: page.settings.look = Settings.System
            }
            Choice {
                objectName: "lookLight"
                text: qsTr("Light")
                chosen: page.settings.look === Settings.Light
                onClicked: page.settings.look = Settings.Light
            }
            Choice {
                objectName: "lookDark"
                text: qsTr("Dark")
                chosen: page.settings.look === Settings.Dark
                onClicked: page.settings.look = Settings.Dark
            }
        }
        Line {}
        SettingLine {
            label: qsTr("Times of events")

            Choice {
                objectName: "settingsTimeClock"
                text: qsTr("Clock")
                chosen: page.rows.timeForm === ShownRows.Clock
                onClicked: page.rows.timeForm = ShownRows.Clock
            }
            Choice {
                objectName: "settingsTimeRelative"
                text: qsTr("Since the first")
                chosen: page.rows.timeForm === ShownRows.Relative
                onClicked: page.rows.timeForm = ShownRows.Relative
            }
            Choice {
                objectName: "settingsTimeDelta"
                text: qsTr("Since the one before")
                chosen: page.rows.timeForm === ShownRows.Delta
                onClicked: page.rows.timeForm = ShownRows.Delta
            }
        }
    }
}
