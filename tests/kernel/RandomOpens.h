// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_RANDOMOPENS_H
#define LUNARIS_TESTS_KERNEL_RANDOMOPENS_H

#include "dbus/rules/PathRules.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace lunaris
{

/// A tree that several processes open files in while they rename, link and unlink them, and rules that
/// leave some of it out.
struct RandomTree {
    /// Makes it; `directory` is below a mount that nobody shares.
    explicit RandomTree(const std::string &directory);
    ~RandomTree();
    RandomTree(const RandomTree &) = delete;
    RandomTree &operator=(const RandomTree &) = delete;

    /// Of the files in the tree; what is elsewhere is for the caller to say.
    std::vector<PathRule> rules() const;

    std::string directory;
    std::string exact;    ///< a directory below it: with its slash, as long as a rule in the kernel can be
    std::string longer;   ///< one that is longer than that
    int beyond = -1;      ///< a directory whose path no system call takes; O_PATH
    std::string openedBy; ///< the program that opens a file once more after exec
};

/// One process of them. Used in a child only.
class RandomOpens
{
public:
    enum class Root { Ours, Tree };

    /// From within Root::Tree, a chroot, there is neither /proc nor a program to start.
    RandomOpens(const RandomTree &tree, std::uint64_t seed, Root root);

    /// Does `steps` things at random. Returns how many opens have succeeded.
    long run(int steps);

private:
    void step();
    int open(const std::string &path, int flags);
    void hold(int fd);
    void reopen();
    void reopenAfterExec();
    void renameSomething();
    void createAndUnlink();
    void linkSomething();
    void openFarDown();
    std::string directory();
    std::string file();
    unsigned below(unsigned limit) { return static_cast<unsigned>(m_random() % limit); }

    const RandomTree &m_tree;
    const Root m_root;
    const std::string m_base;
    std::mt19937_64 m_random;
    std::vector<int> m_held;
    long m_made = 0;
};

} // namespace lunaris

#endif
