// SPDX-License-Identifier: MIT
//
// Names: what may be in one, how long a path and how deep a file can be.
#include "bpf/events.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Situation.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lunaris
{

std::function<long(const Scene &)> opening(const std::string &name, int flags)
{
    return [name, flags](const Scene &scene) {
        return must(open((scene.directory + "/" + name).c_str(), flags, 0644), name);
    };
}

Situation::Step having(std::vector<std::string> names)
{
    return [names = std::move(names)](Scene &scene) {
        for (const std::string &name : names) {
            const std::string path = scene.directory + "/" + name;
            if (name.ends_with('/')) {
                must(mkdir(path.c_str(), 0755), path);
            } else {
                makeFile(path);
            }
        }
    };
}

namespace
{

/// Makes the directories one in the other, however long their path gets, and a file in the last one.
/// The scene's descriptor is then that last one: no system call takes a path of more than 4 095 bytes.
void makeDeepFile(Scene &scene, const std::vector<std::string> &components)
{
    int fd = static_cast<int>(must(open(scene.directory.c_str(), O_PATH | O_DIRECTORY), "the directory"));
    for (std::size_t i = 0; i + 1 < components.size(); ++i) {
        must(mkdirat(fd, components[i].c_str(), 0755), components[i]);
        const int next = openat(fd, components[i].c_str(), O_PATH | O_DIRECTORY);
        must(next, components[i]);
        close(fd);
        fd = next;
    }
    const int file = openat(fd, components.back().c_str(), O_CREAT | O_WRONLY, 0644);
    must(file, components.back());
    close(file);
    scene.fd = fd;
}

std::string joined(const std::string &directory, const std::vector<std::string> &components)
{
    std::string path = directory;
    for (const std::string &component : components) {
        path += "/" + component;
    }
    return path;
}

Situation withComponents(const std::string &name,
                         const std::function<std::vector<std::string>(const Scene &)> &make,
                         std::uint32_t attributes, bool procCanSay)
{
    Situation situation;
    situation.name = name;
    situation.attributes = attributes;
    situation.arrange = [make, procCanSay](Scene &scene) {
        const std::vector<std::string> components = make(scene);
        makeDeepFile(scene, components);
        if (!procCanSay) {
            scene.expected = joined(scene.directory, components);
        }
    };
    situation.act = [make](const Scene &scene) {
        return must(openat(scene.fd, make(scene).back().c_str(), O_RDONLY), "the deep file");
    };
    return situation;
}

Situation ofLength(std::size_t length)
{
    const auto make = [length](const Scene &scene) {
        std::vector<std::string> components;
        std::size_t rest = length - scene.directory.size();
        for (; rest > 256; rest -= 200) {
            components.emplace_back(199, static_cast<char>('a' + components.size() % 26));
        }
        components.emplace_back(rest - 1, 'z');
        return components;
    };
    // /proc has room for 4 095 bytes and says ENAMETOOLONG to more.
    return withComponents("path of " + std::to_string(length) + " bytes", make,
                          length > LKM_PATH_MAX ? LKM_ATTRIBUTE_TRUNCATED : 0, length < 4096);
}

Situation ofDepth(std::size_t depth, bool isTruncated)
{
    const auto make = [depth](const Scene &scene) {
        const auto above =
            static_cast<std::size_t>(std::count(scene.directory.begin(), scene.directory.end(), '/'));
        std::vector<std::string> components;
        while (components.size() < depth - above) {
            components.push_back("d" + std::to_string(components.size() % 10));
        }
        return components;
    };
    // A truncated path is the end of the whole one, which /proc can still say.
    return withComponents("depth of " + std::to_string(depth), make,
                          isTruncated ? LKM_ATTRIBUTE_TRUNCATED : 0, true);
}

std::string everyByte(int from, int to)
{
    std::string name;
    for (int byte = from; byte <= to; ++byte) {
        if (byte != '/') {
            name += static_cast<char>(byte);
        }
    }
    return name;
}

} // namespace

std::vector<Situation> nameSituations()
{
    std::vector<Situation> all;
    const auto named = [&all](const char *title, const std::string &name) {
        all.push_back({title, having({name}), {}, opening(name)});
    };
    named("a name of one byte", "a");
    named("a newline", "first line\nsecond line");
    named("only a newline", "\n");
    named("spaces", "  a  b  ");
    named("a tab", "\ta\tb");
    named("a backslash", "a\\b\\012\\");
    named("quotes", "'\"`$(x)");
    named("UTF-8", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x8c\x99");
    named("no UTF-8", "\xff\xfe\xc3(\xa0\x80");
    named("control characters", "\x1b[31m\x7f\x01");
    named("every byte but NUL and slash", everyByte(1, 254));
    named("the byte 255", "\xff");
    named("the longest name", std::string(255, 'n'));
    named("three dots", "...");
    // Not deleted, it is just called so: no mark.
    named("a name that says deleted", "file (deleted)");
    all.push_back({"the longest name as a directory",
                   having({std::string(255, 'n') + "/", std::string(255, 'n') + "/file"}),
                   {},
                   opening(std::string(255, 'n') + "/file")});

    for (const std::size_t length :
         {std::size_t(1000), std::size_t(4000), std::size_t(4094), std::size_t(4095), std::size_t(4096),
          std::size_t(4097), std::size_t(4200), std::size_t(4352), std::size_t(8200), std::size_t(20000)}) {
        all.push_back(ofLength(length));
    }
    for (const std::size_t depth : {std::size_t(64), std::size_t(65), std::size_t(100), std::size_t(500)}) {
        all.push_back(ofDepth(depth, false));
    }
    all.push_back(ofDepth(600, true));
    return all;
}

} // namespace lunaris
