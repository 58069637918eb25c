// SPDX-License-Identifier: MIT
#include "tests/kernel/WrittenRig.h"

#include "helper/normalizer/Record.h"
#include "tests/kernel/Opener.h"

#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>

namespace lunaris
{

WrittenRig::WrittenRig()
{
    m_rig.shareWith(this);
}

QString WrittenRig::start()
{
    const QString obstacle = m_rig.start();
    if (obstacle.isEmpty()) {
        setRules();
    }
    return obstacle;
}

void WrittenRig::restart(const CaptureOptions &options)
{
    m_rig.replaceSource(options);
    if (const auto failure = source().start(m_rig)) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
    setRules();
}

void WrittenRig::setRules(const std::vector<PathRule> &more)
{
    std::vector<PathRule> rules = {{"/", PathRule::Action::Exclude},
                                   {m_rig.directory() + "/", PathRule::Action::Include}};
    rules.insert(rules.end(), more.begin(), more.end());
    if (const auto failure = source().setFilter(rules, std::chrono::nanoseconds(0))) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
}

void WrittenRig::clearRules()
{
    if (const auto failure = source().setFilter({}, std::chrono::nanoseconds(0))) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
}

std::vector<SeenRecord> WrittenRig::writtenBy(pid_t process) const
{
    std::vector<SeenRecord> found;
    for (const SeenRecord &seen : m_seen) {
        if (seen.type() == LKM_RECORD_WRITTEN &&
            seen.fields.header.tgid == static_cast<std::uint32_t>(process)) {
            found.push_back(seen);
        }
    }
    return found;
}

std::uint64_t WrittenRig::bytesOf(pid_t process) const
{
    std::uint64_t bytes = 0;
    for (const auto &[path, sum] : bytesByPath(process)) {
        bytes += sum;
    }
    return bytes;
}

WrittenRig::Bytes WrittenRig::bytesByPath(pid_t process) const
{
    Bytes bytes;
    for (const SeenRecord &seen : writtenBy(process)) {
        bytes[seen.path] += seen.bytes();
    }
    return bytes;
}

bool WrittenRig::waitForBytes(pid_t process, std::uint64_t bytes) const
{
    return CaptureRig::waitUntil([&] { return bytesOf(process) >= bytes; });
}

bool WrittenRig::passFence()
{
    const std::string path = m_rig.freshDirectory() + "/fence";
    Opener writer(m_rig, [path] {
        const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_WRONLY, 0600), path));
        const long bytes = must(write(fd, "fence", 5), path);
        close(fd);
        return bytes;
    });
    writer.go();
    if (!waitForBytes(writer.pid(), 5)) {
        return false;
    }
    // The sums of an interval come in any order, and then is the end of the batch.
    const int batch = writtenBy(writer.pid()).back().batch;
    return CaptureRig::waitUntil([&] { return m_batches > batch; });
}

void WrittenRig::record(std::span<const std::byte> bytes)
{
    const auto read = readRecord(bytes);
    if (!read) {
        ++m_malformed;
        return;
    }
    if (read->type() == LKM_RECORD_WRITTEN || read->type() == LKM_RECORD_EXEC ||
        read->type() == LKM_RECORD_EXIT) {
        m_seen.push_back(
            {read->fields, std::string(read->comm), std::string(read->path), bootTime(), m_batches});
    }
}

} // namespace lunaris
