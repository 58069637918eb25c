// SPDX-License-Identifier: MIT
import QtQuick

/// Where the columns of numbers stand, the same for the header and every row; the name has the rest, and where
/// that is too little the times give way to it.
QtObject {
    id: columns

    required property real width

    readonly property int margin: 16
    readonly property int gap: 20
    readonly property real number: Math.ceil(numberMetrics.advanceWidth)
    readonly property real time: Math.ceil(timeMetrics.advanceWidth)

    /// How many of the two times there is room for: the last, then the first.
    readonly property int times: Math.max(0, Math.min(2, Math.floor((width - 2 * margin - 2 * (gap + number)
                                                                     - Theme.scaled(110)) / (gap + time))))

    readonly property real lastX: width - margin - time
    readonly property real firstX: lastX - gap - time
    readonly property real bytesX: width - margin - times * (gap + time) - number
    readonly property real eventsX: bytesX - gap - number
    readonly property real name: eventsX - gap - margin

    readonly property TextMetrics numberMetrics: TextMetrics {
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        text: "000,000,000"
    }
    readonly property TextMetrics timeMetrics: TextMetrics {
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        text: "00:00:00 "
    }
}
