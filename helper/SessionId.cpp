// SPDX-License-Identifier: MIT
#include "helper/SessionId.h"

#include <QFile>
#include <QLoggingCategory>
#include <QUtf8StringView>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lunaris
{

Q_LOGGING_CATEGORY(logSession, "lunaris.kernel.session")

namespace
{

constexpr qsizetype longest = 128;

/// The start of a file, as much of it as can matter; a sentence when it cannot be had.
std::optional<QString> readStart(int file, QByteArray &start)
{
    struct stat status {
    };
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        return QStringLiteral("it is no file");
    }
    start.resize(4 * longest + 2); // characters have up to four bytes, the line an end
    const ssize_t size = read(file, start.data(), static_cast<std::size_t>(start.size()));
    if (size < 0) {
        return QString::fromLocal8Bit(std::strerror(errno));
    }
    start.resize(size);
    return std::nullopt;
}

std::optional<QString> readLine(const QByteArray &start, QString &line)
{
    QByteArray bytes = start.left(start.indexOf('\n') < 0 ? start.size() : start.indexOf('\n'));
    if (bytes.endsWith('\r')) {
        bytes.chop(1);
    }
    if (!QUtf8StringView(bytes.constData(), bytes.size()).isValidUtf8()) {
        return QStringLiteral("the session id must be UTF-8");
    }
    line = QString::fromUtf8(bytes);
    return problemWithSessionId(line);
}

} // namespace

std::optional<QString> problemWithSessionId(const QString &id)
{
    if (id.isEmpty() || id.size() > longest) {
        return QStringLiteral("the session id must have 1 to %1 characters").arg(longest);
    }
    if (std::any_of(id.begin(), id.end(), [](QChar c) { return c.category() == QChar::Other_Control; })) {
        return QStringLiteral("the session id must not have control characters");
    }
    return std::nullopt;
}

QString sessionIdIn(const QString &file)
{
    // O_NONBLOCK: a pipe in the place of the file must not hold us up.
    const int fd = open(QFile::encodeName(file).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        return {};
    }
    QByteArray start;
    QString line;
    std::optional<QString> problem =
        fd < 0 ? QString::fromLocal8Bit(std::strerror(errno)) : readStart(fd, start);
    if (fd >= 0) {
        close(fd);
    }
    if (!problem) {
        problem = readLine(start, line);
    }
    if (problem) {
        qCWarning(logSession, "The session id in %ls cannot be used (%ls); a fresh one is taken.",
                  qUtf16Printable(file), qUtf16Printable(*problem));
        return {};
    }
    return line;
}

} // namespace lunaris
