// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// The rules below each other, to be edited where they stand.
Rectangle {
    id: rules

    required property RulesEditor editor
    readonly property RulesModel model: editor.model

    /// The keyboard is to go on to a control of this rule: -1 is what stands above the list, and the number of
    /// rules what stands below it.
    signal steppedTo(int index, int place, int reason)

    /// Gives the keyboard to a control of a rule, and shows it.
    function takeKeyboard(index: int, place: int, reason: int) {
        list.positionViewAtIndex(index, ListView.Contain);
        (list.itemAtIndex(index) as RuleRow).takeKeyboard(place, reason);
    }

    radius: Theme.radiusInput
    color: Theme.card
    border.color: Theme.border

    RowLayout {
        id: titles

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        height: Theme.heightControl
        spacing: 12

        component Title: Label {
            color: Theme.textSecondary
            font.pixelSize: Theme.sizeSmall
            font.weight: Font.Medium
            Accessible.role: Accessible.ColumnHeader
            Accessible.name: text
        }

        Title {
            Layout.preferredWidth: Theme.scaled(96)
            text: qsTr("Files there")
        }
        Title {
            Layout.fillWidth: true
            text: qsTr("Path")
        }
        Title {
            Layout.preferredWidth: Theme.scaled(96)
            text: qsTr("Hits")
            horizontalAlignment: Text.AlignRight
        }
        Item {
            implicitWidth: removeWidth.implicitWidth
        }
    }
    // As wide as the button that stands below it.
    PushButton {
        id: removeWidth

        visible: false
        text: qsTr("Remove")
    }
    ListView {
        id: list

        objectName: "rulesList"
        anchors.top: titles.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 1
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: rules.model
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Path rules")
        ScrollBar.vertical: TableScrollBar {}
        delegate: RuleRow {
            // qmllint disable unqualified
            width: list.width
            deciding: rules.editor.decidingRow === index
            busy: rules.editor.busy
            onPrefixEdited: text => rules.model.setPrefix(index, text)
            onIncludedToggled: rules.model.setIncluded(index, !included)
            onRemoved: reason => {
                const at = index;
                rules.model.remove(at);
                rules.steppedTo(Math.max(0, Math.min(at, rules.model.count - 1)), 2, reason);
            }
            onStepped: (by, place) => rules.steppedTo(index + by, place, by > 0 ? Qt.TabFocusReason
                                                                                : Qt.BacktabFocusReason)
            // qmllint enable unqualified
        }
    }
    Note {
        anchors.centerIn: parent
        visible: rules.model.count === 0
        text: qsTr("There are no rules: every file is kept.")
    }
}
