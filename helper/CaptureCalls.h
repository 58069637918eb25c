// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_CAPTURECALLS_H
#define LUNARIS_HELPER_CAPTURECALLS_H

#include "helper/CaptureSide.h"
#include "helper/service/CaptureAccess.h"

#include <QObject>

namespace lunaris
{

/// Takes what the D-Bus thread asks for to the capture thread, and the answers back. Part of main.
class CaptureCalls final : public QObject, public CaptureAccess
{
public:
    /// Made on the D-Bus thread. `onCaptureThread` lives on the other one, where `side` is alive for as
    /// long as that one's event loop takes calls.
    CaptureCalls(QObject &onCaptureThread, CaptureSide &side);

    void setFilter(const FilterSettings &settings,
                   const std::function<void(const QString &problem)> &done) override;
    void readRules(const std::function<void(const std::vector<PathRule> &)> &done) override;
    void setMuted(quint32 uid, bool muted, const std::function<void()> &done) override;

private:
    QObject &m_onCaptureThread;
    CaptureSide &m_side;
};

} // namespace lunaris

#endif
