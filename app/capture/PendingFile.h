// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CAPTURE_PENDINGFILE_H
#define LUNARIS_APP_CAPTURE_PENDINGFILE_H

#include <QString>

namespace lunaris
{

/// Another file beside the one that is meant, which takes its place, and its name, when it is whole. Until
/// then, and if it never gets so far, whatever had that name stays as it was. Not thread-safe.
class PendingFile
{
public:
    explicit PendingFile(const QString &target);

    /// Removes what has not been put in place.
    ~PendingFile();
    PendingFile(const PendingFile &) = delete;
    PendingFile &operator=(const PendingFile &) = delete;

    /// What to write to. Nothing is there yet.
    const QString &path() const { return m_path; }

    /// To be called when all is written and closed. Why that failed; empty if it did not.
    QString putInPlace();

    /// Makes a file that only its owner may read, for writing; never one that is there already. A
    /// descriptor, or -1 and errno.
    static int create(const QString &path);

private:
    const QString m_target;
    const QString m_path;
};

} // namespace lunaris

#endif
