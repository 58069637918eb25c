// SPDX-License-Identifier: MIT
//
// bench-event-sink SOCKET: the fastest Event Bus there can be. Takes one producer at SOCKET, counts
// frames, and after each SIGUSR1 and at the end prints "FRAMES BYTES P50 P99 MAX": the way of an event
// from the open to this program, in microseconds, since the last such line.
#include "proto/event.pb.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace
{

/// Of one read, so many frames are parsed for their time: enough to see the slow ones, cheap enough not
/// to be the slow one.
constexpr int sampledPerRead = 4;

std::int64_t wallClockMicroseconds()
{
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

class Sink
{
public:
    /// False when the producer hung up.
    bool read(int socket)
    {
        if (m_end == m_buffer.size()) {
            std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
            m_end -= m_begin;
            m_begin = 0;
        }
        const ssize_t size = recv(socket, m_buffer.data() + m_end, m_buffer.size() - m_end, 0);
        if (size <= 0) {
            return size < 0 && errno == EINTR;
        }
        m_end += static_cast<std::size_t>(size);
        m_bytes += static_cast<std::uint64_t>(size);
        countFrames(wallClockMicroseconds());
        return true;
    }

    void report()
    {
        std::sort(m_delays.begin(), m_delays.end());
        const auto at = [this](double share) {
            return m_delays.empty() ? 0LL
                                    : static_cast<long long>(m_delays[static_cast<std::size_t>(
                                          share * static_cast<double>(m_delays.size() - 1))]);
        };
        std::printf("%llu %llu %lld %lld %lld\n", static_cast<unsigned long long>(m_frames),
                    static_cast<unsigned long long>(m_bytes), at(0.5), at(0.99), at(1));
        std::fflush(stdout);
        m_delays.clear();
    }

private:
    void countFrames(std::int64_t now)
    {
        int sampled = 0;
        std::uint32_t size = 0;
        while (m_end - m_begin >= sizeof(size)) {
            std::memcpy(&size, m_buffer.data() + m_begin, sizeof(size));
            size = ntohl(size);
            if (size == 0 || size > m_buffer.size() - sizeof(size)) {
                std::fprintf(stderr, "bench-event-sink: a frame of %u bytes\n", size);
                std::exit(1);
            }
            if (m_end - m_begin < sizeof(size) + size) {
                return;
            }
            if (sampled++ < sampledPerRead) {
                if (!m_event.ParseFromArray(m_buffer.data() + m_begin + sizeof(size),
                                            static_cast<int>(size))) {
                    std::fprintf(stderr, "bench-event-sink: a frame that does not parse\n");
                    std::exit(1);
                }
                m_delays.push_back(now - m_event.timestamp());
            }
            m_begin += sizeof(size) + size;
            ++m_frames;
        }
    }

    std::vector<char> m_buffer = std::vector<char>(std::size_t{2} * 1024 * 1024);
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::uint64_t m_frames = 0;
    std::uint64_t m_bytes = 0;
    lunaris::eventbus::Event m_event;
    std::vector<std::int64_t> m_delays;
};

int listenAt(const char *path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string_view(path).copy(address.sun_path, sizeof(address.sun_path) - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0 ||
        listen(socket, 1) != 0) {
        std::perror("bench-event-sink");
        std::exit(1);
    }
    return socket;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: bench-event-sink SOCKET\n");
        return 2;
    }
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGUSR1);
    sigaddset(&wanted, SIGTERM);
    sigprocmask(SIG_BLOCK, &wanted, nullptr);
    const int signals = signalfd(-1, &wanted, SFD_CLOEXEC);
    const int listener = listenAt(argv[1]);
    int producer = -1;
    Sink sink;
    for (;;) {
        pollfd both[] = {{signals, POLLIN, 0}, {producer < 0 ? listener : producer, POLLIN, 0}};
        if (poll(both, 2, -1) < 0) {
            continue;
        }
        // What is there already is counted before it is reported.
        if (both[1].revents != 0) {
            if (producer < 0) {
                producer = accept(listener, nullptr, nullptr);
            } else if (!sink.read(producer)) {
                close(producer);
                producer = -1;
            }
            continue;
        }
        signalfd_siginfo info{};
        if (both[0].revents != 0 && ::read(signals, &info, sizeof(info)) == sizeof(info)) {
            sink.report();
            if (info.ssi_signo == SIGTERM) {
                return 0;
            }
        }
    }
}
