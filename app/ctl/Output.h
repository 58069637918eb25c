// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_OUTPUT_H
#define LUNARIS_APP_CTL_OUTPUT_H

#include <QString>
#include <cstdio>
#include <string>

namespace lunaris
{

/// Prints whole lines at once; false when nobody reads them any more (a closed pipe).
inline bool print(const std::string &text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

/// One sentence for the person, on stderr.
inline void complain(const QString &sentence)
{
    std::fprintf(stderr, "lunaris-kernel-ctl: %s\n", sentence.toUtf8().constData());
}

} // namespace lunaris

#endif
