// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_ASK_H
#define LUNARIS_TESTS_KERNEL_ASK_H

#include "tests/kernel/Ring.h"

#include <fcntl.h>
#include <optional>
#include <string>

namespace lunaris
{

/// Who carries the request out.
enum class By {
    Caller, ///< the kernel tries at once, in io_uring_enter(2), and takes a worker if that would wait
    Worker, ///< IOSQE_ASYNC: a thread of io_uring's
    Poller, ///< IORING_SETUP_SQPOLL: the thread that looks into the ring
};

inline constexpr int given = 3; ///< a slot

struct Ask {
    std::string name;
    int flags = O_RDONLY;
    int directory = AT_FDCWD;
    bool openat2 = false;
    std::optional<unsigned> slot = std::nullopt; ///< of the ring's table; none: a descriptor of the process
    By by = By::Caller;
};

/// Of a ring for such requests: IORING_SETUP_…
unsigned setupOf(const Ask &ask);

/// Both `ask` and `how` have to live as long as the request.
void prepare(io_uring_sqe *entry, const Ask &ask, open_how &how);

/// Opens, and leaves the ring to the end of the process: what is in its table stays open.
long openBy(const Ask &ask);

} // namespace lunaris

#endif
