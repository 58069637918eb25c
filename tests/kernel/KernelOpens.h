// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_KERNELOPENS_H
#define LUNARIS_TESTS_KERNEL_KERNELOPENS_H

#include "tests/kernel/Situation.h"

#include <vector>

namespace lunaris
{

/// What goes through the kernel's function that opens files: by the kernel's own will, on the way
/// through something else, and what else the tables of paths have no use for.
std::vector<Situation> kernelOpens();

/// Many opens in many ways, of many kinds, that succeed or not: always the same after the same seed.
Situation randomMix(unsigned seed);

} // namespace lunaris

#endif
