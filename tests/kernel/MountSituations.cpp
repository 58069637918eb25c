// SPDX-License-Identifier: MIT
//
// Mounts, namespaces and roots. The test's own mount namespace is private, so that all of it ends with it.
#include "bpf/events.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Situation.h"

#include <cerrno>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace lunaris
{

namespace
{

int openDirectory(const std::string &path)
{
    return static_cast<int>(must(open(path.c_str(), O_PATH | O_DIRECTORY), path));
}

void mountTmpfs(const std::string &place)
{
    must(mount("lunaris-kernel", place.c_str(), "tmpfs", 0, "mode=0755"), "a tmpfs on " + place);
}

void bindMount(const std::string &from, const std::string &to)
{
    must(mount(from.c_str(), to.c_str(), nullptr, MS_BIND, nullptr), "a bind mount on " + to);
}

void moveMount(const std::string &from, const std::string &to)
{
    must(mount(from.c_str(), to.c_str(), nullptr, MS_MOVE, nullptr), "moving a mount to " + to);
}

void mountOverlay(Scene &scene)
{
    const std::string &d = scene.directory;
    having({"lower/", "lower/file", "lower/d/", "upper/", "upper/file-above", "work/", "merged/"})(scene);
    const std::string options = "lowerdir=" + d + "/lower,upperdir=" + d + "/upper,workdir=" + d + "/work";
    if (mount("overlay", (d + "/merged").c_str(), "overlay", 0, options.c_str()) != 0) {
        if (errno == ENODEV) {
            throw NotHere{"This kernel has no overlayfs: modprobe overlay"};
        }
        must(-1, "overlayfs");
    }
}

/// A root of its own for the child, holding nothing but a file.
void changeRoot(Scene &scene)
{
    const std::string root = scene.directory + "/root";
    must(unshare(CLONE_NEWNS), "unshare");
    mountTmpfs(root);
    must(mkdir((root + "/old").c_str(), 0755), "mkdir");
    makeFile(root + "/file");
    must(chdir(root.c_str()), "chdir");
    if (syscall(SYS_pivot_root, ".", "old") == 0) {
        must(chdir("/"), "chdir");
        must(umount2("/old", MNT_DETACH), "umount");
        return;
    }
    // An initramfs cannot be pivoted away: what switch_root does instead.
    if (errno != EINVAL) {
        must(-1, "pivot_root");
    }
    must(mount(".", "/", nullptr, MS_MOVE, nullptr), "moving the root");
    must(chroot("."), "chroot");
}

void addMounts(std::vector<Situation> &all)
{
    all.push_back(
        {"the root directory", {}, {}, [](const Scene &) { return must(open("/", O_RDONLY), "/"); }});
    all.push_back({"directly below the root",
                   [](Scene &scene) {
                       std::string name = "/lunaris-kernel-XXXXXX"; // on the machine's own file system
                       scene.fd = static_cast<int>(must(mkstemp(name.data()), name));
                       scene.expected = name;
                   },
                   {},
                   [](const Scene &scene) {
                       const long fd = open(scene.expected.c_str(), O_RDONLY);
                       unlink(scene.expected.c_str());
                       return must(fd, scene.expected);
                   }});
    all.push_back({"a tmpfs",
                   [](Scene &scene) {
                       having({"m/"})(scene);
                       mountTmpfs(scene.directory + "/m");
                       having({"m/d/", "m/d/file"})(scene);
                   },
                   {},
                   opening("m/d/file")});
    all.push_back({"the root of a mount",
                   [](Scene &scene) {
                       having({"m/"})(scene);
                       mountTmpfs(scene.directory + "/m");
                   },
                   {},
                   opening("m", O_RDONLY | O_DIRECTORY)});
    all.push_back({"a bind mount",
                   [](Scene &scene) {
                       having({"from/", "from/d/", "from/d/file", "to/"})(scene);
                       bindMount(scene.directory + "/from/d", scene.directory + "/to");
                   },
                   {},
                   opening("to/file")});
    all.push_back({"a file that is a bind mount",
                   [](Scene &scene) {
                       having({"from", "to"})(scene);
                       bindMount(scene.directory + "/from", scene.directory + "/to");
                   },
                   {},
                   opening("to")});
    all.push_back({"nested mounts",
                   [](Scene &scene) {
                       std::string names = "m";
                       for (int i = 0; i < 20; ++i, names += "/d/m") {
                           must(mkdir((scene.directory + "/" + names).c_str(), 0755), names);
                           mountTmpfs(scene.directory + "/" + names);
                           having({names + "/d/"})(scene);
                       }
                       names.resize(names.size() - 2);
                       having({names + "/file"})(scene);
                       scene.fd = openDirectory(scene.directory + "/" + names);
                   },
                   {},
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }});
    all.push_back({"mounts on top of each other",
                   [](Scene &scene) {
                       having({"m/"})(scene);
                       mountTmpfs(scene.directory + "/m");
                       mountTmpfs(scene.directory + "/m");
                       mountTmpfs(scene.directory + "/m");
                       having({"m/file"})(scene);
                   },
                   {},
                   opening("m/file")});
    all.push_back({"below another mount",
                   [](Scene &scene) {
                       having({"m/", "m/file"})(scene);
                       scene.fd = openDirectory(scene.directory + "/m");
                       mountTmpfs(scene.directory + "/m");
                   },
                   {},
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }});
    all.push_back({"a mount that was moved",
                   [](Scene &scene) {
                       having({"before/", "after/", "after/d/"})(scene);
                       mountTmpfs(scene.directory + "/before");
                       having({"before/file"})(scene);
                       scene.fd = openDirectory(scene.directory + "/before");
                       moveMount(scene.directory + "/before", scene.directory + "/after/d");
                   },
                   {},
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }});
    // It belongs to no namespace any more, its path begins at its own root.
    all.push_back({"a mount that was unmounted lazily",
                   [](Scene &scene) {
                       having({"m/"})(scene);
                       mountTmpfs(scene.directory + "/m");
                       having({"m/d/", "m/d/file"})(scene);
                       scene.fd = openDirectory(scene.directory + "/m/d");
                       must(umount2((scene.directory + "/m").c_str(), MNT_DETACH), "umount");
                   },
                   {},
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); },
                   0,
                   Namespace::None});
#ifdef SYS_open_tree
    // In a namespace that has no name and no process.
    all.push_back({"a clone of a mount that is mounted nowhere",
                   [](Scene &scene) {
                       having({"d/", "d/file"})(scene);
                       constexpr unsigned clone = 1; // OPEN_TREE_CLONE, glibc 2.36 and newer
                       scene.fd = static_cast<int>(must(
                           syscall(SYS_open_tree, AT_FDCWD, scene.directory.c_str(), clone), "open_tree"));
                   },
                   {},
                   [](const Scene &scene) { return must(openat(scene.fd, "d/file", O_RDONLY), "file"); },
                   0,
                   Namespace::None});
#endif
}

void addOverlays(std::vector<Situation> &all)
{
    all.push_back({"overlayfs, a file of the lower layer", mountOverlay, {}, opening("merged/file")});
    all.push_back({"overlayfs, a file of the upper layer", mountOverlay, {}, opening("merged/file-above")});
    all.push_back({"overlayfs, copied up by the open",
                   mountOverlay,
                   {},
                   opening("merged/file", O_RDWR),
                   LKM_ATTRIBUTE_WRITABLE});
    all.push_back({"overlayfs, after it was copied up", mountOverlay,
                   [](Scene &scene) { close(static_cast<int>(opening("merged/file", O_RDWR)(scene))); },
                   opening("merged/file")});
    all.push_back({"overlayfs, created",
                   mountOverlay,
                   {},
                   opening("merged/d/new", O_RDWR | O_CREAT),
                   LKM_ATTRIBUTE_WRITABLE | LKM_ATTRIBUTE_CREATED});
    all.push_back({"overlayfs, a merged directory", mountOverlay, {}, opening("merged/d")});
    all.push_back({"overlayfs, its root", mountOverlay, {}, opening("merged")});
    all.push_back({"overlayfs, the lower layer itself", mountOverlay, {}, opening("lower/file")});
}

void addRoots(std::vector<Situation> &all)
{
    const auto enterRoot = [](Scene &scene) {
        must(chroot((scene.directory + "/root").c_str()), "chroot");
        must(chdir("/"), "chdir");
    };
    // /proc, read from outside, has the path from the root of the mount namespace; so has the record.
    all.push_back({"chroot", having({"root/", "root/d/", "root/d/file"}), enterRoot,
                   [](const Scene &) { return must(open("/d/file", O_RDONLY), "/d/file"); }});
    all.push_back({"chroot, its root", having({"root/"}), enterRoot,
                   [](const Scene &) { return must(open("/", O_RDONLY), "/"); }});
    all.push_back({"chroot, two dots above its root", having({"root/", "root/file"}), enterRoot,
                   [](const Scene &) { return must(open("/../../file", O_RDONLY), "/file"); }});
    all.push_back({"chroot, a descriptor from outside",
                   [](Scene &scene) {
                       having({"root/", "file"})(scene);
                       scene.fd = openDirectory(scene.directory);
                   },
                   enterRoot,
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }});
    all.push_back({"another mount namespace", having({"m/"}),
                   [](Scene &scene) {
                       must(unshare(CLONE_NEWNS), "unshare");
                       mountTmpfs(scene.directory + "/m");
                       makeFile(scene.directory + "/m/file");
                   },
                   opening("m/file")});
    // The file's mount decides, not who opens it.
    all.push_back({"another mount namespace, a descriptor from outside",
                   [](Scene &scene) {
                       having({"file"})(scene);
                       scene.fd = openDirectory(scene.directory);
                   },
                   [](Scene &) { must(unshare(CLONE_NEWNS), "unshare"); },
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }, 0,
                   Namespace::OfTest});
    all.push_back({"a root of its own",
                   [](Scene &scene) {
                       having({"root/"})(scene);
                       scene.expected = "/file";
                   },
                   changeRoot, [](const Scene &) { return must(open("/file", O_RDONLY), "/file"); }});
}

} // namespace

std::vector<Situation> mountSituations()
{
    std::vector<Situation> all;
    addMounts(all);
    addOverlays(all);
    addRoots(all);
    return all;
}

} // namespace lunaris
