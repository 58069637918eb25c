// SPDX-License-Identifier: MIT
#include "helper/bus/SpoolDirectory.h"

#include "helper/bus/SpoolSegment.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

namespace
{

constexpr mode_t writableByOthers = S_IWGRP | S_IWOTH;

/// Why the folder is not to be used, empty when it is ours alone to write.
QString problemWith(const FileDescriptor &directory)
{
    struct stat status {
    };
    if (!directory.isOpen() || fstat(directory.get(), &status) != 0) {
        return QString::fromLocal8Bit(std::strerror(errno));
    }
    if (status.st_uid != geteuid() || (status.st_mode & writableByOthers) != 0) {
        return QStringLiteral("it is not ours alone to write");
    }
    return {};
}

} // namespace

FileDescriptor openSpoolDirectory(const QString &stateDirectory, QString &problem)
{
    const QByteArray path = QFile::encodeName(stateDirectory);
    QDir().mkpath(QFileInfo(stateDirectory).path());
    mkdir(path.constData(), 0700);
    const FileDescriptor state(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    problem = problemWith(state);
    if (!problem.isEmpty()) {
        return {};
    }
    mkdirat(state.get(), "spool", 0700);
    FileDescriptor spool(openat(state.get(), "spool", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    problem = problemWith(spool);
    if (problem.isEmpty() && fchmod(spool.get(), 0700) != 0) {
        problem = QString::fromLocal8Bit(std::strerror(errno));
    }
    return problem.isEmpty() ? std::move(spool) : FileDescriptor();
}

FileDescriptor lockSpool(const FileDescriptor &directory, QString &problem)
{
    FileDescriptor lock(
        openat(directory.get(), "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (!lock.isOpen() || flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        problem = errno == EWOULDBLOCK ? QStringLiteral("another helper uses it")
                                       : QString::fromLocal8Bit(std::strerror(errno));
        return {};
    }
    return lock;
}

std::vector<std::uint64_t> segmentsIn(const FileDescriptor &directory)
{
    std::vector<std::uint64_t> numbers;
    DIR *stream = fdopendir(openat(directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!stream) {
        return numbers;
    }
    while (const dirent *entry = readdir(stream)) {
        const std::uint64_t number = std::strtoull(entry->d_name, nullptr, 16);
        if (number > 0 && number < spoolNumbersEnd && SpoolSegment::nameOf(number) == entry->d_name) {
            numbers.push_back(number);
        }
    }
    closedir(stream);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

} // namespace lunaris
