// SPDX-License-Identifier: MIT
#include "tests/kernel/PrefilterQuestions.h"

#include "tests/kernel/CaptureRig.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace lunaris
{

namespace
{

void inChild(const std::function<void()> &act)
{
    const pid_t child = fork();
    if (child == 0) {
        act();
        _exit(0);
    }
    int status = 0;
    must(waitpid(child, &status, 0), "the child of the child");
    must(WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1, "the child of the child");
}

std::vector<Question> questionsOfNames()
{
    return {
        {"the same path again",
         [](const std::string &d) {
             openOnce(d + "/f");
             openOnce(d + "/f");
         },
         "kd"},
        {"another path",
         [](const std::string &d) {
             openOnce(d + "/f");
             openOnce(d + "/g");
         },
         "kk"},
        {"unlinked and created again under its name",
         [](const std::string &d) {
             openOnce(d + "/f", O_RDWR);
             must(unlink((d + "/f").c_str()), "unlink");
             openOnce(d + "/f", O_RDWR | O_CREAT | O_EXCL);
         },
         "kd"},
        {"unlinked, and another file created",
         [](const std::string &d) {
             openOnce(d + "/f", O_RDWR);
             must(unlink((d + "/f").c_str()), "unlink");
             openOnce(d + "/n", O_RDWR | O_CREAT | O_EXCL);
         },
         "kk"},
        {"two names of a file",
         [](const std::string &d) {
             must(link((d + "/f").c_str(), (d + "/l").c_str()), "link");
             openOnce(d + "/f");
             openOnce(d + "/l");
             openOnce(d + "/f");
             openOnce(d + "/l");
         },
         "kkdd"},
        {"a symlink",
         [](const std::string &d) {
             must(symlink("f", (d + "/s").c_str()), "symlink");
             openOnce(d + "/f");
             openOnce(d + "/s");
         },
         "kd"},
        {"renamed, and back",
         [](const std::string &d) {
             openOnce(d + "/f");
             must(rename((d + "/f").c_str(), (d + "/n").c_str()), "rename");
             openOnce(d + "/n");
             must(rename((d + "/n").c_str(), (d + "/f").c_str()), "rename");
             openOnce(d + "/f");
         },
         "kkd"},
        {"another file renamed to its name",
         [](const std::string &d) {
             openOnce(d + "/f");
             must(rename((d + "/g").c_str(), (d + "/f").c_str()), "rename");
             openOnce(d + "/f");
         },
         "kd"},
        {"a directory above renamed, and back",
         [](const std::string &d) {
             openOnce(d + "/d/f");
             must(rename((d + "/d").c_str(), (d + "/n").c_str()), "rename");
             openOnce(d + "/n/f");
             must(rename((d + "/n").c_str(), (d + "/d").c_str()), "rename");
             openOnce(d + "/d/f");
         },
         "kkd"},
        {"directories exchanged",
         [](const std::string &d) {
             openOnce(d + "/d/f");
             must(renameat2(AT_FDCWD, (d + "/d").c_str(), AT_FDCWD, (d + "/e").c_str(), RENAME_EXCHANGE),
                  "rename");
             openOnce(d + "/e/f"); // the same file
             openOnce(d + "/d/f"); // the same path
         },
         "kkd"},
        {"a bind mount",
         [](const std::string &d) {
             must(unshare(CLONE_NEWNS), "unshare");
             must(mount((d + "/d").c_str(), (d + "/e").c_str(), nullptr, MS_BIND, nullptr), "mount");
             openOnce(d + "/d/f");
             openOnce(d + "/e/f"); // the same inode and dentry
             openOnce(d + "/d/f");
             openOnce(d + "/e/f");
         },
         "kkdd"},
        {"a mount on top",
         [](const std::string &d) {
             openOnce(d + "/d/f");
             must(unshare(CLONE_NEWNS), "unshare");
             must(mount("lunaris-kernel", (d + "/d").c_str(), "tmpfs", 0, "mode=0755"), "mount");
             openOnce(d + "/d/f", O_RDONLY | O_CREAT); // another file of that name
         },
         "kd"},
        {"by its name in a chroot",
         [](const std::string &d) {
             openOnce(d + "/d/f");
             must(chroot((d + "/d").c_str()), "chroot");
             openOnce("/f");
         },
         "kd"},
        {"unlinked, by its descriptor",
         [](const std::string &d) {
             const int fd = open((d + "/f").c_str(), O_RDONLY | O_CLOEXEC);
             must(fd, "f");
             must(unlink((d + "/f").c_str()), "unlink");
             openOnce("/proc/self/fd/" + std::to_string(fd));
         },
         "kd"},
        {"names that are no text",
         [](const std::string &d) {
             for (int i = 0; i < 2; ++i) {
                 openOnce(d + "/\xff\n\x80", O_RDONLY | O_CREAT);
                 openOnce(d + "/\xff\n\x81", O_RDONLY | O_CREAT);
             }
         },
         "kkdd"},
        {"one name the start of the other",
         [](const std::string &d) {
             for (int i = 0; i < 2; ++i) {
                 for (const char *name : {"/a", "/aa", "/aaa", "/aaaa", "/aaaaa"}) {
                     openOnce(d + name, O_RDONLY | O_CREAT);
                 }
             }
         },
         "kkkkkddddd"},
        // Without its secret the hash of a path must not be foreseen: these three bits made up for each
        // other in every hash that takes eight bytes by an exclusive or and multiplies.
        {"names that differ in high bits",
         [](const std::string &d) {
             std::string name = d + "/";
             name.resize((name.size() / 8 + 3) * 8, 'a');
             openOnce(name, O_RDONLY | O_CREAT);
             const std::size_t word = name.size() - 16;
             name[word + 7] = static_cast<char>(name[word + 7] ^ 0x80);
             name[word + 12] = static_cast<char>(name[word + 12] ^ 0x04);
             name[word + 15] = static_cast<char>(name[word + 15] ^ 0x80);
             openOnce(name, O_RDONLY | O_CREAT);
         },
         "kk"},
    };
}

std::vector<Question> questionsOfAccess()
{
    return {
        {"a write after a read",
         [](const std::string &d) {
             openOnce(d + "/f", O_RDONLY);
             openOnce(d + "/f", O_WRONLY);
             openOnce(d + "/f", O_RDWR);
             openOnce(d + "/f", O_RDONLY);
         },
         "kkdd"},
        {"a read after a write",
         [](const std::string &d) {
             openOnce(d + "/f", O_WRONLY);
             openOnce(d + "/f", O_RDONLY);
         },
         "kd"},
        {"truncation is a write",
         [](const std::string &d) {
             openOnce(d + "/f", O_RDONLY);
             openOnce(d + "/f", O_RDONLY | O_TRUNC);
             openOnce(d + "/f", O_WRONLY);
         },
         "kkd"},
        {"O_PATH is a read",
         [](const std::string &d) {
             openOnce(d + "/f", O_PATH | O_TRUNC);
             openOnce(d + "/f", O_RDONLY);
             openOnce(d + "/f", O_WRONLY);
         },
         "kdk"},
        {"a directory",
         [](const std::string &d) {
             openOnce(d + "/d", O_RDONLY | O_DIRECTORY);
             openOnce(d + "/d/", O_RDONLY);
         },
         "kd"},
    };
}

std::vector<Question> questionsOfProcesses()
{
    return {
        {"after exec in the same process",
         [](const std::string &d) {
             inChild([&d] {
                 openOnce(d + "/f");
                 execl(LUNARIS_OPEN_AGAIN, LUNARIS_OPEN_AGAIN, (d + "/f").c_str(), "-1", nullptr);
                 _exit(1);
             });
         },
         "kd"},
        {"in another process",
         [](const std::string &d) {
             openOnce(d + "/f");
             inChild([&d] { openOnce(d + "/f"); });
             openOnce(d + "/f");
         },
         "kkd"},
        {"in another thread",
         [](const std::string &d) {
             openOnce(d + "/f");
             std::thread([&d] { openOnce(d + "/f"); }).join();
         },
         "kd"},
    };
}

} // namespace

std::vector<Question> prefilterQuestions()
{
    std::vector<Question> all;
    for (const auto &some : {questionsOfNames(), questionsOfAccess(), questionsOfProcesses()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

} // namespace lunaris
