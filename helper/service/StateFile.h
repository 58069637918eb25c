// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_STATEFILE_H
#define LUNARIS_HELPER_SERVICE_STATEFILE_H

#include <QByteArray>
#include <QString>
#include <optional>

namespace lunaris
{

/// One file of the state directory: what was changed at run time and is to survive a restart. It is
/// replaced whole or not at all, for its owner's eyes only.
class StateFile
{
public:
    /// Without a directory nothing is kept, and nothing found.
    StateFile(const QString &directory, const QString &name);

    /// Nothing when there is no such file; also nothing, and `problem` says why, when it is not to be
    /// read: it must be ours alone to write, and at most 32 MiB.
    std::optional<QByteArray> read(QString &problem) const;

    /// A sentence's end when it could not be written; the old file then stays. Empty: it is on the disk.
    QString write(const QByteArray &content) const;

    QString path() const { return m_path; }

private:
    QString m_directory;
    QString m_path; // empty: nowhere
};

} // namespace lunaris

#endif
