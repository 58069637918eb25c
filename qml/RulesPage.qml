// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// Which files are left out, for everyone on this machine.
ScrollPage {
    id: page

    required property RulesEditor editor
    required property MonitorController controller

    readonly property RulesModel rules: editor.model

    /// Gives the keyboard to a control of a rule; to what stands above or below the list where there is no such rule.
    function toRule(index: int, place: int, reason: int) {
        if (index < 0) {
            path.forceActiveFocus(reason);
        } else if (index >= page.rules.count) {
            addButton.forceActiveFocus(reason);
        } else {
            list.takeKeyboard(index, place, reason);
        }
    }

    /// How the keyboard came to the button that was pressed last; the button forgets it when it is out of use.
    property int reason: Qt.OtherFocusReason

    /// Otherwise nobody would see where the keyboard is.
    function leaveWhatIsOutOfUse() {
        if (page.editor.busy || !page.activeFocus) {
            return;
        }
        if (applyButton.focus && !applyButton.enabled) {
            addButton.forceActiveFocus(page.reason);
        } else if (setTime.focus && !setTime.enabled) {
            time.forceActiveFocus(page.reason);
        }
    }

    name: "rules"
    title: qsTr("Rules")
    fills: true

    Connections {
        target: page.editor

        function onBusyChanged() {
            // When everybody has heard of it. Qt 6.4's linter takes it for no function.
            // qmllint disable
            Qt.callLater(page.leaveWhatIsOutOfUse);
            // qmllint enable
        }
    }

    EmptyState {
        objectName: "noRules"
        Layout.alignment: Qt.AlignCenter
        visible: !page.editor.known
        title: qsTr("No rules yet")
        text: page.controller.problem.length > 0 ? page.controller.problem : qsTr("The helper is being asked.")
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: page.editor.known
        spacing: 12

        Note {
            Layout.fillWidth: true
            text: qsTr("Of the rules that match a path the longest decides, and what none matches is kept. They are the same for everyone on this machine.")
        }
        RowLayout {
            spacing: 12

            Field {
                id: path

                objectName: "rulePath"
                Layout.fillWidth: true
                name: qsTr("Which rule decides for this path")
                placeholderText: qsTr("Which rule decides for this path? /home/…")
                monospaced: true
                text: page.editor.path
                onTextEdited: page.editor.path = text
                Keys.onTabPressed: page.toRule(0, 0, Qt.TabFocusReason)
            }
            AlertText {
                objectName: "ruleDecision"
                Layout.preferredWidth: Theme.scaled(320)
                Layout.maximumWidth: page.width * 0.45
                text: page.editor.decision
                elide: Text.ElideMiddle
                font.pixelSize: Theme.sizeData
            }
        }
        RuleList {
            id: list

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.scaled(120)
            editor: page.editor
            onSteppedTo: (index, place, reason) => page.toRule(index, place, reason)
        }
        AlertText {
            objectName: "rulesNote"
            Layout.fillWidth: true
            font.pixelSize: Theme.sizeData
            wrapMode: Text.Wrap
            visible: text.length > 0
            color: page.rules.outdated || page.rules.problem.length > 0 ? Theme.error : Theme.textSecondary
            text: page.rules.problem.length > 0 ? page.rules.problem
                : page.rules.outdated
                    ? qsTr("Somebody else has changed the rules meanwhile; Discard shows theirs, Apply replaces them.")
                    : page.rules.edited ? qsTr("Nothing of this counts before it is applied.") : ""
        }
        RowLayout {
            spacing: 8

            PushButton {
                id: addButton

                objectName: "addRule"
                enabled: !page.editor.busy
                text: qsTr("Add rule")
                Keys.onBacktabPressed: page.toRule(page.rules.count - 1, 2, Qt.BacktabFocusReason)
                onClicked: {
                    page.rules.add();
                    page.toRule(page.rules.count - 1, 1, Qt.TabFocusReason);
                }
            }
            PushButton {
                id: resetButton

                objectName: "resetRules"
                enabled: !page.editor.busy
                text: qsTr("Reset…")
                onClicked: resetMenu.popup(resetButton, mirrored ? width - resetMenu.width : 0, -resetMenu.height - 4)

                PopupMenu {
                    id: resetMenu

                    objectName: "resetMenu"
                    onOpened: currentIndex = 0

                    PopupMenuItem {
                        objectName: "resetRulesNow"
                        text: qsTr("Give these up for the rules of the configuration")
                        onTriggered: page.editor.resetToConfiguration()
                    }
                }
            }
            Item {
                Layout.fillWidth: true
            }
            PushButton {
                objectName: "discardRules"
                enabled: page.rules.edited && !page.editor.busy
                text: qsTr("Discard")
                onClicked: {
                    page.reason = focusReason;
                    page.rules.discard();
                    addButton.forceActiveFocus(page.reason);
                }
            }
            PushButton {
                id: applyButton

                objectName: "applyRules"
                prominent: enabled
                enabled: page.rules.edited && page.rules.problem.length === 0 && !page.editor.busy
                text: page.editor.busy ? qsTr("Asking…") : qsTr("Apply")
                onClicked: {
                    page.reason = focusReason;
                    page.editor.apply();
                }
            }
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.border
        }
        RowLayout {
            spacing: 8

            Note {
                Layout.fillWidth: true
                text: qsTr("A program that opens the same path again is reported once within this many milliseconds; 0 reports every time.")
            }
            Field {
                id: time

                objectName: "deduplication"
                Layout.preferredWidth: Theme.scaled(96)
                enabled: !page.editor.busy
                name: qsTr("Milliseconds")
                monospaced: true
                horizontalAlignment: TextInput.AlignRight
                text: page.editor.deduplication
                problem: acceptableInput ? "" : qsTr("A number from 0 to 3600000.")
                validator: IntValidator {
                    bottom: 0
                    top: 3600000
                }
                onAccepted: setTime.clicked()

                Connections {
                    target: page.editor

                    function onDeduplicationChanged() {
                        time.text = page.editor.deduplication;
                    }
                }
            }
            PushButton {
                id: setTime

                objectName: "applyDeduplication"
                enabled: time.acceptableInput && Number(time.text) !== page.editor.deduplication && !page.editor.busy
                text: qsTr("Apply")
                Accessible.name: qsTr("Apply the milliseconds")
                onClicked: {
                    if (enabled) {
                        page.reason = focusReason;
                        page.editor.applyDeduplication(Number(time.text));
                    }
                }
            }
        }
    }
}
