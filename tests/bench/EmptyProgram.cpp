// SPDX-License-Identifier: MIT
//
// bench-empty-program: keeps an empty kernel program attached to the exit of openat until a signal.
#include "tests/bench/empty.skel.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <unistd.h>

int main()
{
    // Blocked before anything is attached: whoever waits for the program may end us at once.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, nullptr);

    empty_bpf *skeleton = empty_bpf__open_and_load();
    if (!skeleton || empty_bpf__attach(skeleton) != 0) {
        std::fprintf(stderr, "bench-empty-program: cannot be attached: %s\n", std::strerror(errno));
        return 1;
    }
    int signal = 0;
    sigwait(&ends, &signal);
    empty_bpf__destroy(skeleton);
    return 0;
}
