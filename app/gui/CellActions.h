// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_CELLACTIONS_H
#define LUNARIS_APP_GUI_CELLACTIONS_H

#include "app/models/EventColumn.h"
#include "app/models/EventRows.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <optional>

namespace lunaris
{

class EventColumns;
class EventListing;
class EventTexts;
class FilterField;
class HighlightRules;

/// What can be done about the cell of a row, which is named by the row's number and a column: an EventColumn.
class CellActions : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has them.")

public:
    /// What it works with and on; all must outlive it.
    struct Parts {
        const EventListing *listing;
        const EventColumns *columns;
        const EventTexts *texts;
        FilterField *filter;
        HighlightRules *highlights;
    };

    explicit CellActions(const Parts &parts, QObject *parent = nullptr) : QObject(parent), m_parts(parts) {}

    /// The filter for events with this value there, or for all others; empty where there is nothing to
    /// compare.
    Q_INVOKABLE QString condition(double number, int column, bool others = false) const;

    Q_INVOKABLE void showOnly(double number, int column);
    Q_INVOKABLE void hide(double number, int column);
    Q_INVOKABLE void highlight(double number, int column);

    /// The folder of the row's file as a path rule has it, with its slash; empty where it is not known.
    Q_INVOKABLE QString folder(double number) const;

    /// Asks for a rule that leaves out what lies in folder().
    Q_INVOKABLE void excludeFolder(double number);

    /// Shows the folder in a file manager; only where it lies on this file system.
    Q_INVOKABLE void openFolder(double number);
    Q_INVOKABLE bool canOpenFolder(double number) const;

    /// Put something on the clipboard: the text of the cell, of all cells with tabs between them, the
    /// condition.
    Q_INVOKABLE void copyValue(double number, int column);
    Q_INVOKABLE void copyRow(double number);
    Q_INVOKABLE void copyAsFilter(double number, int column);

Q_SIGNALS:
    /// A folder as bytes, with its slash.
    void excludeRuleRequested(const QByteArray &folder);

private:
    std::optional<StoredEvent> row(double number) const;
    QByteArray folderBytes(double number) const;

    const Parts m_parts;
};

} // namespace lunaris

#endif
