// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_CAPTUREACCESS_H
#define LUNARIS_HELPER_SERVICE_CAPTUREACCESS_H

#include "helper/pipeline/CaptureFilter.h"

#include <QString>
#include <QtGlobal>
#include <functional>
#include <vector>

namespace lunaris
{

/// The capture side, as the D-Bus thread reaches it. Nothing here blocks: what is asked for happens on
/// the capture thread, in the order of the calls, and `done` is called later on the caller's thread.
class CaptureAccess
{
public:
    virtual ~CaptureAccess() = default;

    /// As CaptureFilter::replace(); `done` gets a sentence when it failed.
    virtual void setFilter(const FilterSettings &settings,
                           const std::function<void(const QString &problem)> &done) = 0;

    /// As CaptureFilter::countedRules().
    virtual void readRules(const std::function<void(const std::vector<PathRule> &)> &done) = 0;

    /// As MutedRecords::mute() and unmute().
    virtual void setMuted(quint32 uid, bool muted, const std::function<void()> &done) = 0;
};

} // namespace lunaris

#endif
