// SPDX-License-Identifier: MIT
#include "helper/service/StateFile.h"

#include "helper/bus/FileDescriptor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

constexpr qint64 maximumSize = qint64{32} * 1024 * 1024;
constexpr mode_t writableByOthers = S_IWGRP | S_IWOTH;

QString lastError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

/// Why what is open there is not to be trusted; empty when it is ours alone to write.
QString problemWith(const FileDescriptor &file, mode_t kind)
{
    struct stat status {
    };
    if (!file.isOpen() || fstat(file.get(), &status) != 0) {
        return lastError();
    }
    if ((status.st_mode & S_IFMT) != kind || status.st_uid != geteuid() ||
        (status.st_mode & writableByOthers) != 0) {
        return QStringLiteral("it is not ours alone to write");
    }
    return {};
}

} // namespace

StateFile::StateFile(const QString &directory, const QString &name)
    : m_directory(directory), m_path(directory.isEmpty() ? QString() : directory + u'/' + name)
{
}

std::optional<QByteArray> StateFile::read(QString &problem) const
{
    if (m_path.isEmpty()) {
        return std::nullopt;
    }
    // A fifo in its place must not hold us up.
    const FileDescriptor found(
        ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!found.isOpen() && errno == ENOENT) {
        return std::nullopt;
    }
    problem = problemWith(found, S_IFREG);
    QFile file;
    if (!problem.isEmpty() || !file.open(found.get(), QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    if (file.size() > maximumSize) {
        problem = QStringLiteral("it is too long");
        return std::nullopt;
    }
    return file.readAll();
}

QString StateFile::write(const QByteArray &content) const
{
    if (m_path.isEmpty()) {
        return {};
    }
    const QByteArray directoryPath = QFile::encodeName(m_directory);
    QDir().mkpath(QFileInfo(m_directory).path());
    mkdir(directoryPath.constData(), 0700);
    const FileDescriptor directory(::open(directoryPath.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (const QString problem = problemWith(directory, S_IFDIR); !problem.isEmpty()) {
        return problem;
    }
    QSaveFile file(m_path);
    // The permissions before the first byte: nobody opens it in between and reads on.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(content) != content.size() || !file.commit()) {
        return file.errorString();
    }
    return fsync(directory.get()) == 0 ? QString() : lastError();
}

} // namespace lunaris
