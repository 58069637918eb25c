// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Layouts
import org.lunaris.KernelMonitor.Gui

/// What became of everything, how fast, and what it was captured with.
ScrollPage {
    id: page

    required property MonitorStatistics statistics
    required property CaptureFacts facts
    required property MonitorController controller

    name: "statistics"
    title: qsTr("Statistics")

    EmptyState {
        objectName: "noStatistics"
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: 80
        visible: !page.statistics.known
        title: qsTr("No statistics yet")
        text: page.controller.problem.length > 0 ? page.controller.problem : qsTr("The helper is being asked.")
    }
    Card {
        objectName: "lossCard"
        Layout.fillWidth: true
        visible: page.statistics.lost > 0
        title: qsTr("%L1 events were lost").arg(page.statistics.lost)
        tone: Theme.warning
        border.color: Theme.warning

        Label {
            objectName: "lossText"
            Layout.fillWidth: true
            text: page.statistics.lostDetail
            wrapMode: Text.Wrap
            lineHeight: 1.3
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    RateCard {
        Layout.fillWidth: true
        visible: page.statistics.known
        rates: page.statistics.rates
    }
    RowLayout {
        Layout.fillWidth: true
        visible: page.statistics.known
        spacing: 16

        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.fillHeight: true
            Layout.preferredWidth: page.contentWidth * 0.6
            spacing: 16

            Card {
                Layout.fillWidth: true
                Layout.fillHeight: true
                title: page.statistics.since.length > 0
                    ? qsTr("What became of everything since %1").arg(page.statistics.since)
                    : qsTr("What became of everything")

                // No layout: one of Qt 6.4 still looks at rows that the model has taken away.
                Column {
                    id: funnelRows

                    Layout.fillWidth: true
                    spacing: 8

                    Repeater {
                        objectName: "funnel"
                        model: page.statistics.funnel
                        delegate: FunnelRow {
                            // qmllint disable unqualified
                            width: funnelRows.width
                            // qmllint enable unqualified
                        }
                    }
                }
                Item {
                    Layout.fillHeight: true
                }
            }
            Card {
                Layout.fillWidth: true
                title: qsTr("Waiting for the Event Bus")

                FillBar {
                    objectName: "queueFill"
                    label: qsTr("In memory")
                    value: page.statistics.queue.text
                    share: page.statistics.queue.share
                }
                FillBar {
                    objectName: "spoolFill"
                    visible: page.statistics.spool.text.length > 0
                    label: qsTr("On disk")
                    value: page.statistics.spool.text
                    share: page.statistics.spool.share
                }
            }
        }
        ColumnLayout {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: page.contentWidth * 0.4
            spacing: 16

            Card {
                Layout.fillWidth: true
                title: qsTr("Capture")

                Fact {
                    objectName: "methodFact"
                    label: qsTr("Method")
                    value: page.facts.method
                }
                Fact {
                    objectName: "kernelFact"
                    label: qsTr("Kernel")
                    value: page.facts.kernel
                    monospaced: true
                }
                Fact {
                    objectName: "sinceFact"
                    label: qsTr("Since")
                    value: page.facts.since
                }
                Fact {
                    label: qsTr("Event Bus")
                    value: page.facts.eventBus
                }
                Fact {
                    label: qsTr("Helper")
                    value: page.facts.version
                    monospaced: true
                }
            }
            Card {
                Layout.fillWidth: true
                title: qsTr("On the way from the kernel")

                component Times: ColumnLayout {
                    id: times

                    property string label
                    property string half
                    property string most
                    property string longest

                    Layout.fillWidth: true
                    spacing: 4

                    Label {
                        text: times.label
                        font.pixelSize: Theme.sizeData
                        font.weight: Font.Medium
                    }
                    Fact {
                        label: qsTr("Half of them within")
                        value: times.half
                        monospaced: true
                    }
                    Fact {
                        label: qsTr("99 in 100 within")
                        value: times.most
                        monospaced: true
                    }
                    Fact {
                        label: qsTr("Longest")
                        value: times.longest
                        monospaced: true
                    }
                }

                Times {
                    objectName: "windowTimes"
                    label: qsTr("To windows and terminals")
                    half: page.statistics.windowLatency.half
                    most: page.statistics.windowLatency.most
                    longest: page.statistics.windowLatency.longest
                }
                Times {
                    objectName: "busTimes"
                    Layout.topMargin: 6
                    label: qsTr("To the Event Bus")
                    half: page.statistics.busLatency.half
                    most: page.statistics.busLatency.most
                    longest: page.statistics.busLatency.longest
                }
            }
        }
    }
}
