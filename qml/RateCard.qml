// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// Events a second, over the last ten minutes.
Card {
    id: card

    required property RateHistory rates

    function number(value: real): string {
        return Number(value).toLocaleString(Qt.locale(), "f", value < 10 && value > 0 ? 1 : 0);
    }

    title: qsTr("Events a second")

    component Legend: Row {
        id: legend

        property color tone
        property string label
        property double value
        property string valueText

        spacing: 6
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2").arg(label).arg(valueText)

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: 10
            height: 2
            color: legend.tone
        }
        Label {
            text: legend.label
            color: Theme.textSecondary
            font.pixelSize: Theme.sizeData
        }
        Label {
            text: legend.valueText
            font.family: Theme.monospaceFont
            font.pixelSize: Theme.sizeData
        }
    }
    component Mark: Label {
        color: Theme.textSecondary
        font.pixelSize: Theme.sizeSmall
    }

    Row {
        spacing: 20

        Legend {
            objectName: "forwardedRate"
            tone: Theme.accentText
            label: qsTr("forwarded")
            value: card.rates.forwarded
            valueText: card.number(value)
        }
        Legend {
            objectName: "seenRate"
            tone: Theme.textSecondary
            label: qsTr("seen")
            value: card.rates.seen
            valueText: card.number(value)
        }
        Legend {
            objectName: "peakRate"
            tone: "transparent"
            label: qsTr("highest")
            value: card.rates.peak
            valueText: card.number(value)
        }
    }
    // Time goes to the right in every language.
    Item {
        Layout.fillWidth: true
        implicitHeight: 140
        LayoutMirroring.enabled: false
        LayoutMirroring.childrenInherit: true

        RateGraph {
            objectName: "rateGraph"
            anchors.fill: parent
            history: card.rates
            lineColor: Theme.accentText
            quietColor: Theme.textSecondary
            gridColor: Theme.border
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Events a second over the last ten minutes: %1 seen now, %2 at most")
                .arg(card.number(card.rates.seen)).arg(card.number(card.rates.peak))
        }
        Mark {
            y: 2
            text: card.number(card.rates.top)
        }
    }
    RowLayout {
        LayoutMirroring.enabled: false
        LayoutMirroring.childrenInherit: true

        Mark {
            text: qsTr("10 minutes ago")
            Layout.fillWidth: true
        }
        Mark {
            text: qsTr("now")
        }
    }
}
