// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_RING_H
#define LUNARIS_TESTS_KERNEL_RING_H

#include "tests/kernel/CaptureRig.h"

#include <array>
#include <liburing.h>

namespace lunaris
{

/// A ring of io_uring with a table of files. What fails throws std::system_error.
class Ring
{
public:
    /// `setup`: IORING_SETUP_…
    explicit Ring(unsigned setup, unsigned entries = 16)
    {
        io_uring_params parameters{};
        parameters.flags = setup;
        parameters.sq_thread_idle = 100; // ms
        check(io_uring_queue_init_params(entries, &m_ring, &parameters), "io_uring_setup");
        std::array<int, 8> none{};
        none.fill(-1);
        check(io_uring_register_files(&m_ring, none.data(), none.size()), "a table of files");
    }
    ~Ring() { io_uring_queue_exit(&m_ring); }
    Q_DISABLE_COPY_MOVE(Ring)

    io_uring_sqe *next() { return io_uring_get_sqe(&m_ring); }
    void submit() { check(io_uring_submit(&m_ring), "io_uring_enter"); }

    /// What the next request came to; -errno if it failed, and then errno is set as well.
    long wait()
    {
        io_uring_cqe *entry = nullptr;
        check(io_uring_wait_cqe(&m_ring, &entry), "waiting for a request");
        const int result = entry->res;
        io_uring_cqe_seen(&m_ring, entry);
        errno = result < 0 ? -result : 0;
        return result;
    }

    /// How many wait() would not wait for. No system call.
    unsigned completed() const { return io_uring_cq_ready(&m_ring); }

private:
    static void check(int result, const char *what)
    {
        errno = result < 0 ? -result : errno;
        must(result, what);
    }

    io_uring m_ring{};
};

} // namespace lunaris

#endif
