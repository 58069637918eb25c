// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Controls

/// One of a few things, all in sight: a click or an arrow key chooses.
FocusScope {
    id: segments

    required property list<string> texts
    required property string label
    property int current: 0

    signal chosen(int index)

    function roomFor(text: string): real {
        return Math.ceil(metrics.advanceWidth(text)) + 22;
    }

    function step(by: int) {
        chosen(Math.max(0, Math.min(texts.length - 1, current + (LayoutMirroring.enabled ? -by : by))));
    }

    /// Of the room that the texts ask for.
    readonly property real squeeze: Math.min(1, width / implicitWidth)

    // Asks for the height, which says when there is another font.
    implicitWidth: metrics.height > 0 ? Array.from(texts).reduce((sum, text) => sum + roomFor(text), 0) : 0
    implicitHeight: Theme.heightControl
    activeFocusOnTab: true

    Accessible.role: Accessible.Grouping
    Accessible.name: label
    Accessible.focusable: true
    Accessible.focused: activeFocus

    Keys.onLeftPressed: step(-1)
    Keys.onRightPressed: step(1)

    Rectangle {
        anchors.fill: row
        radius: Theme.radiusButton
        color: Theme.input
        border.color: Theme.borderStrong
    }
    FontMetrics {
        id: metrics

        font.family: Theme.interfaceFont
        font.pixelSize: Theme.sizeText
        font.weight: Font.DemiBold
    }
    Row {
        id: row

        Repeater {
            model: segments.texts

            // As the radio button that it is, or Qt 6.4 calls it a button as soon as a screen reader is there.
            RadioButton {
                id: segment

                required property int index
                required property string modelData

                // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
                // qmllint disable unqualified
                readonly property bool chosen: segments.current === index
                objectName: segments.objectName + index
                onClicked: {
                    checked = Qt.binding(() => chosen);
                    segments.chosen(index);
                }
                // qmllint enable unqualified

                checked: chosen
                autoExclusive: false
                indicator: null

                text: modelData
                // qmllint disable unqualified
                width: Math.floor(segments.roomFor(modelData) * segments.squeeze)
                // qmllint enable unqualified
                height: Theme.heightControl
                // qmllint disable unqualified
                leftPadding: segments.squeeze < 1 ? 4 : 11
                // qmllint enable unqualified
                rightPadding: leftPadding
                topPadding: (height - implicitContentHeight) / 2
                bottomPadding: topPadding
                focusPolicy: Qt.NoFocus

                Accessible.name: text
                Accessible.onPressAction: clicked()
                Accessible.onToggleAction: clicked()

                contentItem: Label {
                    text: segment.text
                    color: segment.chosen ? Theme.textOnAccent : Theme.text
                    font.weight: segment.chosen ? Font.DemiBold : Font.Normal
                    horizontalAlignment: Text.AlignHCenter
                    elide: Text.ElideRight
                }
                background: Rectangle {
                    radius: Theme.radiusButton
                    color: segment.chosen ? Theme.accent : (segment.hovered ? Theme.rowHover : "transparent")
                }
            }
        }
    }
    FocusRing {
        visible: segments.activeFocus
    }
}
