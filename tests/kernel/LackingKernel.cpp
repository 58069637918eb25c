// SPDX-License-Identifier: MIT
#include "tests/kernel/LackingKernel.h"

#include "tests/kernel/CaptureRig.h"

#include <QtGlobal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <sys/mount.h>

namespace lunaris
{

namespace
{

constexpr const char *kernelTypes = "/sys/kernel/btf/vmlinux";

/// The last letter becomes another one: numbers and places of all types stay what they are.
void hide(const std::string &name, std::string &types)
{
    using namespace std::string_literals;
    const std::string whole = "\0"s + name + "\0"s;
    const std::size_t place = types.find(whole);
    if (place == std::string::npos) {
        return; // it lacks as it is
    }
    if (types.find(whole, place + 1) != std::string::npos) {
        throw std::runtime_error(name + " stands more than once in the types of this kernel");
    }
    types[place + name.size()] = '0';
}

} // namespace

std::string lackingNames()
{
    return qgetenv("LUNARIS_KERNEL_LACKS").toStdString();
}

void hideLackingNames(const std::string &directory)
{
    std::istringstream names(lackingNames());
    std::ifstream file(kernelTypes, std::ios::binary);
    if (!file) {
        return; // that a kernel tells no types is for the readiness probe to say
    }
    std::string types((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    for (std::string name; names >> name;) {
        hide(name, types);
    }
    const std::string hidden = directory + "/types";
    std::ofstream(hidden, std::ios::binary) << types;
    must(mount(hidden.c_str(), kernelTypes, nullptr, MS_BIND, nullptr), kernelTypes);
}

} // namespace lunaris
