// SPDX-License-Identifier: MIT
#include "tests/kernel/Ask.h"

namespace lunaris
{

unsigned setupOf(const Ask &ask)
{
    return ask.by == By::Poller ? IORING_SETUP_SQPOLL : 0U;
}

void prepare(io_uring_sqe *entry, const Ask &ask, open_how &how)
{
    constexpr mode_t mode = 0600;
    how = {};
    how.flags = static_cast<std::uint64_t>(ask.flags);
    how.mode = (ask.flags & O_CREAT) != 0 ? mode : 0;
    const char *name = ask.name.c_str();
    if (ask.openat2 && ask.slot) {
        io_uring_prep_openat2_direct(entry, ask.directory, name, &how, *ask.slot);
    } else if (ask.openat2) {
        io_uring_prep_openat2(entry, ask.directory, name, &how);
    } else if (ask.slot) {
        io_uring_prep_openat_direct(entry, ask.directory, name, ask.flags, mode, *ask.slot);
    } else {
        io_uring_prep_openat(entry, ask.directory, name, ask.flags, mode);
    }
    if (ask.slot == IORING_FILE_INDEX_ALLOC) {
        entry->file_index = IORING_FILE_INDEX_ALLOC; // liburing 2.3 adds one to it
    }
    if (ask.by == By::Worker) {
        entry->flags |= IOSQE_ASYNC;
    }
}

long openBy(const Ask &ask)
{
    auto *ring = new Ring(setupOf(ask)); // NOLINT(cppcoreguidelines-owning-memory)
    open_how how{};
    prepare(ring->next(), ask, how);
    ring->submit();
    return ring->wait();
}

} // namespace lunaris
