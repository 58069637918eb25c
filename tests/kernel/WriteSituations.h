// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_WRITESITUATIONS_H
#define LUNARIS_TESTS_KERNEL_WRITESITUATIONS_H

#include <string>
#include <vector>

namespace lunaris
{

/// One way to write into `fd`, a regular file. Returns what the calls said that they have written;
/// `directory` has a file "source" with some KiB in it.
struct WriteSituation {
    const char *name;
    long (*act)(int fd, const std::string &directory);
};

std::vector<WriteSituation> writeSituations();

/// The same, of what moves no byte into a regular file that has a name: `fd` stays as it is.
std::vector<WriteSituation> silentWrites();

} // namespace lunaris

#endif
