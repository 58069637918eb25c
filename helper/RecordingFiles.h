// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_RECORDINGFILES_H
#define LUNARIS_HELPER_RECORDINGFILES_H

#include "helper/Options.h"
#include "helper/recording/RecordingReader.h"
#include "helper/recording/RecordingWriter.h"

#include <QString>
#include <optional>
#include <variant>

namespace lunaris
{

/// What `--source replay:FILE` and `--record FILE` ask for.
struct RecordingFiles {
    std::optional<RecordingReader> replay; ///< instead of the kernel
    std::optional<RecordingWriter> record;
};

/// Opens or makes them before anything else is started; a sentence when that fails.
std::variant<RecordingFiles, QString> openRecordingFiles(const Options &options);

} // namespace lunaris

#endif
