// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_HOME_PROCESSGUARD_H
#define LUNARIS_HELPER_HOME_PROCESSGUARD_H

#include <system_error>

namespace lunaris
{

/// Makes the process its own, whoever started it: files are for its owner only (umask 077), no core dumps
/// and no other program may look into its memory, which holds what everybody does; no program that it
/// started could gain privileges; and of the environment only what is meant for us is left, so that no
/// variable turns a library's behaviour.
///
/// To be called first in main(), before there is a second thread. Returns what could not be done.
std::error_code guardProcess();

} // namespace lunaris

#endif
