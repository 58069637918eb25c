// SPDX-License-Identifier: MIT
//
// one-open FILE [PROCS]: joins the cgroup whose cgroup.procs is PROCS, opens FILE, and ends. Linked
// statically, so that this is all that it does and that it lives as short as a program can.
#include <fcntl.h>
#include <unistd.h>

int main(int count, char **arguments)
{
    if (count > 2) {
        const int processes = open(arguments[2], O_WRONLY | O_CLOEXEC);
        if (processes < 0 || write(processes, "0", 1) != 1) {
            return 2;
        }
    }
    return count > 1 && open(arguments[1], O_RDONLY | O_CLOEXEC) >= 0 ? 0 : 1;
}
