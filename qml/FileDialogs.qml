// SPDX-License-Identifier: MIT
import QtQuick
import QtQuick.Dialogs
import org.lunaris.KernelMonitor.Gui

/// Asks for the names of files to open and to save; the filter of names is the choice of the format.
Item {
    id: dialogs

    required property EventFiles files

    function open() {
        openDialog.open();
    }
    function save(onlyShown: bool) {
        saveDialog.onlyShown = onlyShown;
        saveDialog.open();
    }

    FileDialog {
        id: openDialog

        objectName: "openDialog"
        title: qsTr("Open a capture")
        fileMode: FileDialog.OpenFile
        nameFilters: [qsTr("Captures (*.capture)"), qsTr("All files (*)")]
        onAccepted: dialogs.files.open(selectedFile)
    }
    FileDialog {
        id: saveDialog

        property bool onlyShown: false
        readonly property list<int> formats: [EventFiles.Capture, EventFiles.Csv, EventFiles.JsonLines, EventFiles.Ocsf]
        readonly property int format: formats[Math.max(0, selectedNameFilter.index)]

        objectName: "saveDialog"
        title: onlyShown ? qsTr("Save what is shown") : qsTr("Save everything")
        fileMode: FileDialog.SaveFile
        defaultSuffix: dialogs.files.suffix(format)
        nameFilters: [qsTr("Capture, to be opened here again (*.capture)"),
            qsTr("Comma-separated values (*.csv)"), qsTr("JSON, a line each (*.jsonl)"),
            qsTr("Open Cybersecurity Schema Framework (*.jsonl)")]
        onAccepted: dialogs.files.save(selectedFile, format, onlyShown)
    }
    Shortcut {
        sequence: "Ctrl+O"
        onActivated: dialogs.open()
    }
    Shortcut {
        sequence: "Ctrl+S"
        onActivated: dialogs.save(false)
    }
    Shortcut {
        sequence: "Ctrl+Shift+S"
        onActivated: dialogs.save(true)
    }
}
