// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_TERMINAL_H
#define LUNARIS_APP_CTL_TERMINAL_H

#include "app/capture/CaptureFormat.h"
#include "app/format/EventFormat.h"

namespace lunaris
{

/// What a person chose about the look of events.
struct Look {
    bool noColor = false;
    bool relative = false;
};

/// How events look on this program's stdout: as wide as the terminal is at each line, coloured where it is
/// one, unless the person, NO_COLOR or TERM=dumb says otherwise.
FormatSettings settingsFor(const Look &look, const capture::Facts &facts);

bool isTerminal(int fd);

} // namespace lunaris

#endif
