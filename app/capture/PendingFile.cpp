// SPDX-License-Identifier: MIT
#include "app/capture/PendingFile.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace lunaris
{

PendingFile::PendingFile(const QString &target)
    : m_target(target)
    , m_path(QStringLiteral("%1/.%2.part")
                 .arg(QFileInfo(target).absolutePath(), QUuid::createUuid().toString(QUuid::WithoutBraces)))
{
}

PendingFile::~PendingFile()
{
    ::unlink(QFile::encodeName(m_path).constData());
}

QString PendingFile::putInPlace()
{
    const QByteArray path = QFile::encodeName(m_path);
    const int fd = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    const bool safe = fd >= 0 && ::fsync(fd) == 0;
    const int syncError = errno;
    if (fd >= 0) {
        ::close(fd);
    }
    if (safe && std::rename(path.constData(), QFile::encodeName(m_target).constData()) == 0) {
        return {};
    }
    const int error = safe ? errno : syncError;
    return QString::fromLocal8Bit(std::strerror(error));
}

int PendingFile::create(const QString &path)
{
    // By its own call: the mode has to be there from the first moment on.
    return ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

} // namespace lunaris
