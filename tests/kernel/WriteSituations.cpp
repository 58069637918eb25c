// SPDX-License-Identifier: MIT
#include "tests/kernel/WriteSituations.h"

#include "tests/kernel/CaptureRig.h"

#include <array>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

const std::string text(8192, 'x');

iovec piece(std::size_t size)
{
    return {const_cast<char *>(text.data()), size};
}

int sourceFile(const std::string &directory)
{
    const std::string path = directory + "/source";
    return static_cast<int>(must(open(path.c_str(), O_RDONLY | O_CLOEXEC), path));
}

struct Pipe {
    std::array<int, 2> ends{};

    explicit Pipe(std::size_t size = 0)
    {
        must(pipe2(ends.data(), O_CLOEXEC), "pipe");
        must(write(ends[1], text.data(), size), "filling a pipe");
    }
    ~Pipe()
    {
        close(ends[0]);
        close(ends[1]);
    }
    Q_DISABLE_COPY_MOVE(Pipe)
};

/// Writes into a descriptor that is no regular file's, and closes it.
long writeAndClose(long fd)
{
    const auto target = static_cast<int>(must(fd, "what is written to"));
    const std::array<iovec, 1> pieces = {piece(8)};
    const long bytes =
        must(write(target, text.data(), 8), "write") + must(writev(target, pieces.data(), 1), "writev");
    close(target);
    return bytes;
}

long expectFailure(long result, const char *what)
{
    return result < 0 ? 0 : must(-1, what);
}

} // namespace

std::vector<WriteSituation> writeSituations()
{
    using Directory = const std::string &;
    std::vector<WriteSituation> all;
    all.push_back({"write", [](int fd, Directory) {
                       return must(write(fd, text.data(), 100), "write") +
                              must(write(fd, text.data(), 1), "write");
                   }});
    all.push_back({"writev", [](int fd, Directory) {
                       const std::array<iovec, 3> pieces = {piece(10), piece(0), piece(33)};
                       return must(writev(fd, pieces.data(), 3), "writev");
                   }});
    all.push_back({"pwrite64", [](int fd, Directory) { // the same bytes twice are written twice
                       return must(pwrite(fd, text.data(), 77, 5), "pwrite") +
                              must(pwrite(fd, text.data(), 77, 5), "pwrite");
                   }});
    all.push_back({"pwritev", [](int fd, Directory) {
                       const std::array<iovec, 2> pieces = {piece(1), piece(4000)};
                       return must(pwritev(fd, pieces.data(), 2, 123), "pwritev");
                   }});
    all.push_back({"pwritev2", [](int fd, Directory) {
                       const std::array<iovec, 2> pieces = {piece(2), piece(300)};
                       return must(pwritev2(fd, pieces.data(), 2, 7, 0), "pwritev2");
                   }});
    all.push_back({"pwritev2 at the file's own offset", [](int fd, Directory) {
                       const std::array<iovec, 2> pieces = {piece(5), piece(600)};
                       const long bytes = must(pwritev2(fd, pieces.data(), 2, -1, 0), "pwritev2");
                       return lseek(fd, 0, SEEK_CUR) == bytes ? bytes : must(-1, "the offset");
                   }});
    all.push_back({"sendfile", [](int fd, Directory directory) {
                       const int in = sourceFile(directory);
                       off_t from = 3;
                       const long bytes = must(sendfile(fd, in, nullptr, 5000), "sendfile") +
                                          must(sendfile(fd, in, &from, 21), "sendfile");
                       close(in);
                       return bytes;
                   }});
    all.push_back({"copy_file_range", [](int fd, Directory directory) {
                       const int in = sourceFile(directory);
                       off64_t from = 1;
                       off64_t to = 9;
                       const long bytes =
                           must(copy_file_range(in, nullptr, fd, nullptr, 3000, 0), "copy_file_range") +
                           must(copy_file_range(in, &from, fd, &to, 11, 0), "copy_file_range");
                       close(in);
                       return bytes;
                   }});
    all.push_back({"splice", [](int fd, Directory) {
                       const Pipe pipe(4001);
                       return must(splice(pipe.ends[0], nullptr, fd, nullptr, 8192, 0), "splice");
                   }});
    return all;
}

std::vector<WriteSituation> silentWrites()
{
    using Directory = const std::string &;
    std::vector<WriteSituation> all;
    all.push_back({"a pipe", [](int, Directory) {
                       const Pipe pipe(1000);
                       return 1000L;
                   }});
    all.push_back({"a socket", [](int, Directory directory) {
                       std::array<int, 2> ends{};
                       must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), "socketpair");
                       const int in = sourceFile(directory);
                       const long bytes = must(sendfile(ends[0], in, nullptr, 100), "sendfile");
                       close(in);
                       close(ends[1]);
                       close(ends[0]);
                       return bytes;
                   }});
    all.push_back({"a memfd", [](int, Directory) { return writeAndClose(memfd_create("lunaris", 0)); }});
    all.push_back({"an eventfd", [](int, Directory) {
                       const eventfd_t one = 1;
                       const auto fd = static_cast<int>(must(eventfd(0, 0), "eventfd"));
                       const long bytes = must(write(fd, &one, sizeof(one)), "write");
                       close(fd);
                       return bytes;
                   }});
    all.push_back({"/dev/null", [](int, Directory) { return writeAndClose(open("/dev/null", O_WRONLY)); }});
    all.push_back({"a file into a pipe", [](int, Directory directory) {
                       const Pipe pipe;
                       const int in = sourceFile(directory);
                       const long bytes = must(splice(in, nullptr, pipe.ends[1], nullptr, 2000, 0), "splice");
                       close(in);
                       return bytes;
                   }});
    all.push_back({"a directory", [](int, Directory directory) {
                       const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY);
                       const long result = expectFailure(write(fd, "x", 1), "a write to a directory worked");
                       close(fd);
                       return result;
                   }});
    all.push_back({"a file that is open for reading", [](int, Directory directory) {
                       const int in = sourceFile(directory);
                       const long result = expectFailure(write(in, "x", 1), "a write to a reader worked");
                       close(in);
                       return result;
                   }});
    all.push_back({"from no memory", [](int fd, Directory) {
                       void *memory = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                       must(memory == MAP_FAILED ? -1 : 0, "mmap");
                       const long result = expectFailure(write(fd, memory, 100), "it could be read");
                       munmap(memory, 4096);
                       return result;
                   }});
    all.push_back({"no descriptor", [](int, Directory) {
                       return expectFailure(write(-1, "x", 1), "a write to no descriptor worked");
                   }});
    all.push_back({"no bytes", [](int fd, Directory) { return must(write(fd, "x", 0), "write"); }});
    all.push_back({"a mapping", [](int fd, Directory) { // a limit that the README states
                       must(ftruncate(fd, 4096), "ftruncate");
                       void *memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
                       must(memory == MAP_FAILED ? -1 : 0, "mmap");
                       *static_cast<volatile char *>(memory) = 'x';
                       munmap(memory, 4096);
                       return 1L;
                   }});
    return all;
}

} // namespace lunaris
