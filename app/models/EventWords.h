// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTWORDS_H
#define LUNARIS_APP_MODELS_EVENTWORDS_H

#include "app/models/EventRows.h"

#include <QString>

/// What happened, in the reader's language. Of gaps all but gap() are empty.
namespace lunaris::EventWords
{

/// "Opened", "Created", "Could not open", …; of a type that is not known, its name.
QString operation(const StoredEvent &row);

/// How it ended: "OK", "Permission denied", "4.1 kB", "Exit code 1", "Killed by SIGKILL".
QString result(const StoredEvent &row);

/// How a process ended, by the value of its event: "OK", "Exit code 1", "Killed by SIGKILL".
QString exitOf(qint64 value);

/// Whether result() is what somebody looks for when something does not work.
bool isFailure(const StoredEvent &row);

/// The flags of an open.
QString flags(const StoredEvent &row);

/// Bytes written or the local port.
QString amount(const StoredEvent &row);

/// The sentence of a row that is a gap.
QString gap(const StoredEvent &row);

} // namespace lunaris::EventWords

#endif
