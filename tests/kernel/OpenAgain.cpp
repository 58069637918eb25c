// SPDX-License-Identifier: MIT
//
// open-again PATH OPENED: opens a file that the process has opened before, under its former program.
// Leaves with OPENED, or one more if it could.
#include <cstdlib>
#include <fcntl.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    return std::atoi(argv[2]) + (open(argv[1], O_RDONLY) >= 0 ? 1 : 0);
}
