// SPDX-License-Identifier: MIT
#include "app/ctl/Terminal.h"

#include "app/models/UserNames.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

int widthOfStdout()
{
    winsize size{};
    constexpr int usual = 80;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

} // namespace

bool isTerminal(int fd)
{
    return isatty(fd) == 1;
}

FormatSettings settingsFor(const Look &look, const capture::Facts &facts)
{
    FormatSettings settings;
    const bool terminal = isTerminal(STDOUT_FILENO);
    settings.colors =
        terminal && !look.noColor && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
    settings.relative = look.relative;
    if (terminal) {
        settings.width = widthOfStdout;
    }
    settings.userName = UserNames::asFunction();
    settings.host = facts.host.toStdString();
    settings.kernelRelease = facts.kernelRelease.toStdString();
    return settings;
}

} // namespace lunaris
