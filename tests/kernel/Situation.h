// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_SITUATION_H
#define LUNARIS_TESTS_KERNEL_SITUATION_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lunaris
{

/// What a situation works with.
struct Scene {
    std::string directory; ///< its own, empty
    int fd = -1;           ///< for a descriptor that one step leaves to the next
    std::string expected;  ///< the path, where /proc cannot say it; else empty
};

enum class Namespace { OfChild, OfTest, None };

/// A way to open a file. Steps throw when they fail.
struct Situation {
    using Step = std::function<void(Scene &)>;

    std::string name;
    Step arrange;                                  ///< in the test's own process, which makes no records
    Step enter;                                    ///< in the child, before anything counts
    std::function<long(const Scene &)> act;        ///< in the child: the open itself; returns the descriptor
    std::uint32_t attributes = 0;                  ///< besides the mark of a foreign mount namespace
    Namespace home = Namespace::OfChild;           ///< the one that the file's mount belongs to
    std::function<void(const Scene &)> check = {}; ///< in the test's process, afterwards
};

std::vector<Situation> kindSituations();
std::vector<Situation> mountSituations();
std::vector<Situation> nameSituations();

/// Nothing of these may be reported; the act may fail.
std::vector<Situation> silentSituations();

/// The kernel cannot do what a situation is about; what() says what to do.
struct NotHere {
    std::string remedy;
};

/// open(2) of a file below the scene's directory, as an act.
std::function<long(const Scene &)> opening(const std::string &name, int flags = 0);

/// Makes files below the scene's directory, as a step; a name that ends with a slash is a directory.
Situation::Step having(std::vector<std::string> names);

} // namespace lunaris

#endif
