// SPDX-License-Identifier: MIT
import QtQuick

/// Where the columns stand, the same for the header and every row. Widths follow the fonts.
QtObject {
    id: columns

    readonly property int margin: 16
    readonly property int gap: 20

    readonly property real time: Math.ceil(timeMetrics.advanceWidth)
    readonly property real program: 136
    readonly property real pid: Math.ceil(pidMetrics.advanceWidth)
    readonly property real owner: 88

    readonly property real timeX: margin
    readonly property real programX: timeX + time + gap
    readonly property real pidX: programX + program + gap
    readonly property real ownerX: pidX + pid + gap
    readonly property real pathX: ownerX + owner + gap

    readonly property TextMetrics timeMetrics: TextMetrics {
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        text: "00:00:00.000"
    }
    // The kernel's highest pid has seven digits.
    readonly property TextMetrics pidMetrics: TextMetrics {
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        text: "4194304"
    }
}
