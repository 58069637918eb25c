// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls
import org.lunaris.KernelMonitor.Gui

/// A line to type a filter in: green while it can be used, red while not, with a sign beside the colour. It offers
/// what may come next, and with the arrow keys what was typed before.
TextField {
    id: input

    required property FilterField filter
    readonly property bool used: text.length > 0
    readonly property color tone: !used ? Theme.borderStrong : filter.valid ? Theme.success : Theme.error

    /// Back to where the keyboard came from.
    signal done

    /// Goes on with a filter that was begun elsewhere.
    function begin(typed: string) {
        forceActiveFocus();
        text = typed;
        cursorPosition = text.length;
    }
    function propose() {
        completions.show(filter.completion(cursorPosition));
    }
    function take(start: int, candidate: string) {
        const end = cursorPosition;
        const blank = candidate === "(" ? "" : " ";
        text = text.slice(0, start) + candidate + blank + text.slice(end);
        cursorPosition = start + candidate.length + blank.length;
    }
    function recall(by: int) {
        past = Math.max(-1, Math.min(filter.history.length - 1, past + by));
        text = past < 0 ? "" : filter.history[past];
        cursorPosition = text.length;
        completions.close();
    }

    property int past: -1

    implicitHeight: Theme.heightControl
    leftPadding: 12
    rightPadding: sign.width + clearButton.width + 16
    topPadding: 0
    bottomPadding: 0
    horizontalAlignment: TextInput.AlignLeft
    verticalAlignment: Text.AlignVCenter
    color: Theme.text
    placeholderText: qsTr("Filter: a word, or  comm == git and path endswith .idx")
    placeholderTextColor: Theme.textSecondary
    selectionColor: Theme.accent
    selectedTextColor: Theme.textOnAccent
    selectByMouse: true
    font.family: Theme.monospaceFont
    font.pixelSize: Theme.sizeData
    // No ligatures: a filter shows the characters that it has.
    font.preferShaping: false
    maximumLength: 4096
    text: filter.text

    // A filter reads from the left in every language.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    LeftToRight {
        line: input
    }

    Accessible.name: qsTr("Filter")
    Accessible.role: Accessible.EditableText
    Accessible.description: filter.problem

    onTextChanged: filter.text = text
    onTextEdited: {
        past = -1;
        propose();
    }
    onActiveFocusChanged: {
        if (!activeFocus) {
            completions.close();
        }
    }
    Connections {
        target: input.filter

        // Typing has broken the binding.
        function onTextChanged() {
            if (input.text !== input.filter.text) {
                input.text = input.filter.text;
            }
        }
    }

    Keys.onPressed: event => {
        event.accepted = true;
        if (completions.visible && event.key === Qt.Key_Down) {
            completions.step(1);
        } else if (completions.visible && event.key === Qt.Key_Up) {
            completions.step(-1);
        } else if (completions.visible && completions.chosen && (event.key === Qt.Key_Return
                                                                || event.key === Qt.Key_Enter)) {
            completions.accept();
        } else if (completions.visible && event.key === Qt.Key_Tab) {
            completions.accept();
        } else if (completions.visible && event.key === Qt.Key_Escape) {
            completions.close();
        } else if (event.key === Qt.Key_Space && event.modifiers & Qt.ControlModifier) {
            propose();
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            if (filter.apply()) {
                completions.close();
                done();
            }
        } else if (event.key === Qt.Key_Escape && used) {
            filter.use("");
        } else if (event.key === Qt.Key_Escape) {
            done();
        } else if (event.key === Qt.Key_Up) {
            recall(1);
        } else if (event.key === Qt.Key_Down) {
            recall(-1);
        } else {
            event.accepted = false;
        }
    }

    background: Rectangle {
        radius: Theme.radiusInput
        color: input.used ? Theme.tint(input.tone, Theme.dark ? 0.1 : 0.05) : Theme.input
        border.color: input.tone

        FocusRing {
            radius: Theme.radiusInput + 3
            visible: input.activeFocus
        }
    }
    Label {
        id: sign

        anchors.right: clearButton.left
        anchors.verticalCenter: parent.verticalCenter
        visible: input.used
        text: input.filter.valid ? "✓" : "✗"
        color: input.tone
        font.weight: Font.Bold
    }
    // Where it is wrong.
    Rectangle {
        readonly property rect from: input.positionToRectangle(input.filter.problemStart)
        readonly property rect to: input.positionToRectangle(
            input.filter.problemStart + Math.max(1, input.filter.problemLength))

        visible: input.used && !input.filter.valid && input.text === input.filter.text
        x: Math.max(input.leftPadding, Math.min(from.x, input.width - input.rightPadding - 6))
        y: input.height - 6
        width: Math.max(6, Math.min(to.x, input.width - input.rightPadding) - x)
        height: 2
        color: Theme.error
    }
    AbstractButton {
        id: clearButton

        objectName: "clearFilter"
        anchors.right: parent.right
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.scaled(22)
        height: width
        visible: input.used
        text: qsTr("Clear the filter")
        focusPolicy: Qt.TabFocus
        onClicked: {
            input.forceActiveFocus(focusReason); // it goes with the text
            input.filter.use("");
        }
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()

        Accessible.name: text
        Accessible.role: Accessible.Button
        Accessible.onPressAction: clicked()

        contentItem: Label {
            text: "×"
            color: clearButton.hovered ? Theme.text : Theme.textSecondary
            font.pixelSize: Theme.sizeTitle
            horizontalAlignment: Text.AlignHCenter
        }
        background: FocusRing {
            anchors.margins: 0
            visible: clearButton.visualFocus
        }
    }
    CompletionPopup {
        id: completions

        objectName: "completions"
        x: Math.min(input.positionToRectangle(start).x, input.width - width)
        y: input.height + 4
        onAccepted: (start, candidate) => {
            input.take(start, candidate);
            input.propose();
        }
    }
}
