// SPDX-License-Identifier: MIT
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// One event, or a mark where events are missing; nothing, where there are fewer rows than fit.
Rectangle {
    id: row

    required property double number
    required property bool gap
    required property list<string> cells
    required property string directory
    required property string fileName
    required property bool deleted
    required property bool failure
    required property string application
    required property string icon
    required property string highlight
    required property string detail
    required property string spoken

    required property EventColumns columns
    required property bool hovered
    required property bool current
    required property bool focused
    required property int currentColumn

    /// What a tool tip says of a cell: of the path all that is special about it, of others what does not fit.
    function hint(column: int): string {
        const cell = cellRepeater.itemAt(column) as EventCell;
        if (cell === null || gap) {
            return detail;
        }
        if (cell.key === "path") {
            const lines = detail.split("\n"); // the first is the path
            return [Theme.isolated(lines[0])].concat(lines.slice(1)).join("\n");
        }
        return cell.truncated ? cell.text : "";
    }

    visible: number > 0
    height: Theme.heightRow
    color: {
        if (current) {
            return Theme.rowCurrent;
        }
        if (gap) {
            return Theme.tint(Theme.warning, Theme.dark ? 0.12 : 0.08);
        }
        return highlight.length > 0 ? HighlightColors.ground(highlight)
            : hovered ? Theme.rowHover : "transparent";
    }

    Accessible.role: Accessible.Row
    Accessible.name: spoken
    Accessible.selected: current

    // The colour of a highlight stays to be seen under the selection.
    Rectangle {
        anchors.left: parent.left
        width: 3
        height: parent.height
        visible: row.highlight.length > 0 || row.gap || (row.current && row.focused)
        color: row.current && row.focused ? Theme.accentText
            : row.gap ? Theme.warning : HighlightColors.hue(row.highlight)
    }
    Repeater {
        id: cellRepeater

        model: row.columns

        delegate: EventCell {
            id: cell

            required property int index

            // "pragma ComponentBehavior: Bound" would make these right, but is Qt 6.5's.
            // qmllint disable unqualified
            visible: !row.gap
            text: row.cells[index] ?? ""
            failure: row.failure
            tinted: row.current || row.highlight.length > 0
            current: row.current && row.focused && row.currentColumn === index

            Loader {
                anchors.fill: parent
                active: cell.key === "path" || cell.key === "application"
                sourceComponent: cell.key === "path" ? pathCell : applicationCell
            }
            // qmllint enable unqualified
        }
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: row.columns.pathX
        width: row.width - row.columns.pathX - 16
        height: row.height
        visible: row.gap
        text: "⚠  " + row.fileName
        color: Theme.warning
        font.pixelSize: Theme.sizeData
        font.weight: Font.Medium
        elide: Text.ElideRight
    }
    Component {
        id: pathCell

        PathCell {
            // qmllint disable unqualified
            directory: row.directory
            fileName: row.fileName
            deleted: row.deleted
            // qmllint enable unqualified
        }
    }
    Component {
        id: applicationCell

        ApplicationCell {
            // qmllint disable unqualified
            name: row.application
            icon: row.icon
            // qmllint enable unqualified
        }
    }
}
