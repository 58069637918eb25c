// SPDX-License-Identifier: MIT
//
// connect-tcp listen|listen4|connect|nonblocking ADDRESS PORT: one TCP connection, made in one particular
// way. A listener says "ready" on stdout, takes one connection with accept or accept4, and leaves.
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace
{

struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;

    Address(const char *text, int port)
    {
        auto *v4 = reinterpret_cast<sockaddr_in *>(&bytes);
        auto *v6 = reinterpret_cast<sockaddr_in6 *>(&bytes);
        if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
            v4->sin_family = AF_INET;
            v4->sin_port = htons(static_cast<std::uint16_t>(port));
            size = sizeof(*v4);
        } else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
            v6->sin6_family = AF_INET6;
            v6->sin6_port = htons(static_cast<std::uint16_t>(port));
            size = sizeof(*v6);
        }
    }

    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&bytes); }
};

int fail(const char *what)
{
    std::perror(what);
    return 1;
}

int serve(const Address &address, bool withFlags)
{
    const int listener = socket(address.bytes.ss_family, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(listener, address.get(), address.size) != 0 || listen(listener, 1) != 0) {
        return fail("listen");
    }
    std::puts("ready");
    std::fflush(stdout);
    const int peer =
        withFlags ? accept4(listener, nullptr, nullptr, SOCK_CLOEXEC) : accept(listener, nullptr, nullptr);
    return peer < 0 ? fail("accept") : 0;
}

int call(const Address &address, bool blocking)
{
    const int caller = socket(address.bytes.ss_family, SOCK_STREAM | (blocking ? 0 : SOCK_NONBLOCK), 0);
    if (connect(caller, address.get(), address.size) == 0) {
        return 0;
    }
    pollfd established{caller, POLLOUT, 0};
    int error = 0;
    socklen_t size = sizeof(error);
    if (blocking || poll(&established, 1, 10'000) != 1 ||
        getsockopt(caller, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
        return fail("connect");
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: connect-tcp listen|listen4|connect|nonblocking ADDRESS PORT\n");
        return 2;
    }
    const std::string how = argv[1];
    const Address address(argv[2], std::atoi(argv[3]));
    return how.starts_with("listen") ? serve(address, how == "listen4") : call(address, how == "connect");
}
