// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_RECORDINGFILE_H
#define LUNARIS_TESTS_UNIT_RECORDINGFILE_H

#include "bpf/events.h"
#include "helper/recording/RecordingReader.h"
#include "helper/recording/RecordingWriter.h"

#include <QString>
#include <QtGlobal>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace lunaris
{

/// What must go right for a test to make sense.
template<typename Value>
Value must(std::variant<Value, std::string> outcome)
{
    if (const auto *problem = std::get_if<std::string>(&outcome)) {
        qFatal("%s", problem->c_str());
    }
    return std::get<Value>(std::move(outcome));
}

inline RecordingWriter createRecording(const QString &file)
{
    return must(RecordingWriter::create(
        file.toStdString(), {"test-machine", "6.1.0-test", 1'771'677'296'000'000, LKM_RECORD_VERSION}));
}

inline RecordingReader openRecording(const QString &file)
{
    return must(RecordingReader::open(file.toStdString(), LKM_RECORD_VERSION));
}

inline void writeRecording(const QString &file, const std::vector<std::vector<std::byte>> &records,
                           std::int64_t realtimeOffset)
{
    RecordingWriter writer = createRecording(file);
    for (const std::vector<std::byte> &record : records) {
        writer.add(record, realtimeOffset);
    }
}

} // namespace lunaris

#endif
