// SPDX-License-Identifier: MIT
#include "helper/RecordingFiles.h"

#include "bpf/events.h"
#include "helper/source/Readiness.h"

#include <QDateTime>
#include <QFile>
#include <QSysInfo>
#include <string>
#include <utility>

namespace lunaris
{

namespace
{

/// The sentence, if it is one; else what was opened is in `target`.
template<typename File>
std::optional<QString> take(std::variant<File, std::string> opened, std::optional<File> &target)
{
    if (const auto *sentence = std::get_if<std::string>(&opened)) {
        return QFile::decodeName(sentence->c_str());
    }
    target.emplace(std::get<File>(std::move(opened)));
    return std::nullopt;
}

} // namespace

std::variant<RecordingFiles, QString> openRecordingFiles(const Options &options)
{
    RecordingFiles files;
    std::optional<QString> problem;
    if (const QString &file = options.config.replayFile; !file.isEmpty()) {
        problem = take(RecordingReader::open(QFile::encodeName(file).toStdString(), LKM_RECORD_VERSION),
                       files.replay);
    }
    if (const QString &file = options.recordFile; !problem && !file.isEmpty()) {
        const recording::Facts facts{QSysInfo::machineHostName().toStdString(),
                                     SystemFacts::current().kernelRelease.toStdString(),
                                     QDateTime::currentMSecsSinceEpoch() * 1000, LKM_RECORD_VERSION};
        problem = take(RecordingWriter::create(QFile::encodeName(file).toStdString(), facts), files.record);
    }
    if (problem) {
        return *problem;
    }
    return files;
}

} // namespace lunaris
