// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_APPLICATIONIDENTITY_H
#define LUNARIS_HELPER_NORMALIZER_APPLICATIONIDENTITY_H

#include "helper/normalizer/ProcessTable.h"
#include "helper/normalizer/Record.h"

#include <string_view>

namespace lunaris
{

/// Which application a process belongs to. Called for every event that is kept.
class ApplicationIdentity
{
public:
    virtual ~ApplicationIdentity() = default;

    /// `process` is the record's. Never empty for a process that has a comm. Valid as long as the
    /// record's bytes and until `process` changes.
    virtual std::string_view applicationOf(const Record &record, Process &process) = 0;
};

/// The executable, else the name that the process gives itself.
class ExecutableIdentity final : public ApplicationIdentity
{
public:
    std::string_view applicationOf(const Record &record, Process &process) override
    {
        const std::string_view executable = textOf(process.executable);
        return executable.empty() ? record.comm : executable;
    }
};

} // namespace lunaris

#endif
