// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_APPLICATIONIDENTITY_H
#define LUNARIS_HELPER_NORMALIZER_APPLICATIONIDENTITY_H

#include "helper/normalizer/Record.h"

#include <string_view>

namespace lunaris
{

/// Which application a process belongs to. Called for every event that is kept.
class ApplicationIdentity
{
public:
    virtual ~ApplicationIdentity() = default;

    /// Never empty for a process that has a comm. Valid as long as the record's bytes and until the
    /// next call.
    virtual std::string_view applicationOf(const OpenRecord &record) = 0;
};

/// The last resort of identification, and the only one so far: the name of the process.
class CommIdentity final : public ApplicationIdentity
{
public:
    std::string_view applicationOf(const OpenRecord &record) override { return record.comm; }
};

} // namespace lunaris

#endif
