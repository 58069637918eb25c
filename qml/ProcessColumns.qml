// SPDX-License-Identifier: MIT
import QtQuick

/// Where the columns of the process tree stand; the name has what the others leave.
QtObject {
    id: columns

    required property real width

    readonly property int margin: 16
    readonly property int gap: 16
    readonly property real number: Math.ceil(numberMetrics.advanceWidth)
    readonly property real pid: Math.ceil(pidMetrics.advanceWidth)
    // The user gives way to the name.
    readonly property real owner: width < Theme.scaled(700) ? 0 : Theme.scaled(80)

    readonly property real bytesX: width - margin - number
    readonly property real belowX: bytesX - gap - number
    readonly property real eventsX: belowX - gap - number
    readonly property real ownerX: eventsX - gap - owner
    readonly property real pidX: (owner > 0 ? ownerX - gap : eventsX - gap) - pid
    readonly property real name: pidX - gap - margin

    readonly property TextMetrics numberMetrics: TextMetrics {
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        text: "00,000,000"
    }
    // The kernel's highest pid has seven digits.
    readonly property TextMetrics pidMetrics: TextMetrics {
        font.family: Theme.monospaceFont
        font.pixelSize: Theme.sizeData
        text: "4194304"
    }
}
