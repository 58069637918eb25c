// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// How many of the events are shown.
Label {
    id: count

    required property LiveView live

    function number(value: double): string {
        return value.toLocaleString(Qt.locale(), "f", 0);
    }

    text: {
        if (!live.filtered) {
            return live.totalCount === 1 ? qsTr("1 event") : qsTr("%1 events").arg(number(live.totalCount));
        }
        const percent = live.totalCount > 0 ? live.shownCount / live.totalCount * 100 : 0;
        const digits = percent > 0 && percent < 10 ? 1 : 0;
        return qsTr("Showing %1 of %2 (%3 %)").arg(number(live.shownCount)).arg(number(live.totalCount))
            .arg(percent.toLocaleString(Qt.locale(), "f", digits));
    }
    color: live.filtered ? Theme.text : Theme.textSecondary
    font.pixelSize: Theme.sizeData

    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
