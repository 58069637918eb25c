// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_SPOOLFIXTURE_H
#define LUNARIS_TESTS_UNIT_SPOOLFIXTURE_H

#include "helper/bus/Spool.h"
#include "tests/unit/NumberedFrames.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <sys/stat.h>

namespace lunaris
{

inline constexpr std::uint64_t plentyOfRoom = std::uint64_t{64} * 1024 * 1024;

inline std::vector<std::uint32_t> numbersIn(const FrameChunk &chunk)
{
    Receiver receiver;
    receiver.take(chunk.toBeWritten());
    return receiver.isIntact() ? receiver.numbers() : std::vector<std::uint32_t>{UINT32_MAX};
}

/// Everything, delivered.
inline std::vector<std::uint32_t> takeAll(Spool &spool)
{
    std::vector<std::uint32_t> all;
    for (FrameChunk chunk = spool.take(); chunk.framesLeft() > 0; chunk = spool.take()) {
        const std::vector<std::uint32_t> numbers = numbersIn(chunk);
        all.insert(all.end(), numbers.begin(), numbers.end());
        chunk.advance(chunk.bytes.size());
        spool.release(chunk);
    }
    return all;
}

inline void expectWarning(const char *pattern)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QLatin1String(pattern)));
}

/// A state directory for each test function, and what lies in its spool.
class SpoolFixture
{
protected:
    void renew()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_state = m_directory->filePath(QStringLiteral("a/state"));
    }

    std::unique_ptr<Spool> open(std::uint64_t maximumBytes = plentyOfRoom)
    {
        return Spool::open(m_state, maximumBytes);
    }
    QStringList segments() const
    {
        return QDir(m_state + QStringLiteral("/spool"))
            .entryList({QStringLiteral("*.frames")}, QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot,
                       QDir::Name);
    }
    QString segmentPath(qsizetype index = 0) const
    {
        return m_state + QStringLiteral("/spool/") + segments().at(index);
    }
    void writeFile(const QString &path, const QByteArray &bytes) const
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        chmod(QFile::encodeName(path).constData(), 0600);
    }
    QByteArray readFile(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_state;
};

} // namespace lunaris

#endif
