// SPDX-License-Identifier: MIT
#include "helper/CaptureCalls.h"

#include <QMetaObject>
#include <memory>
#include <optional>
#include <utility>

namespace lunaris
{

CaptureCalls::CaptureCalls(QObject &onCaptureThread, CaptureSide &side)
    : m_onCaptureThread(onCaptureThread), m_side(side)
{
}

void CaptureCalls::setFilter(const FilterSettings &settings,
                             const std::function<void(const QString &problem)> &done)
{
    const auto built = std::make_shared<PathRules>(settings.rules);
    QMetaObject::invokeMethod(&m_onCaptureThread, [this, settings, built, done] {
        const std::optional<SourceFailure> failure = m_side.filter.replace(settings, std::move(*built));
        const QString problem = failure ? failure->sentence : QString();
        QMetaObject::invokeMethod(this, [problem, done] { done(problem); });
    });
}

void CaptureCalls::readRules(const std::function<void(const std::vector<PathRule> &)> &done)
{
    QMetaObject::invokeMethod(&m_onCaptureThread, [this, done] {
        QMetaObject::invokeMethod(this, [rules = m_side.filter.countedRules(), done] { done(rules); });
    });
}

void CaptureCalls::setMuted(quint32 uid, bool muted, const std::function<void()> &done)
{
    QMetaObject::invokeMethod(&m_onCaptureThread, [this, uid, muted, done] {
        if (muted) {
            m_side.muted.mute(uid);
        } else {
            m_side.muted.unmute(uid);
        }
        QMetaObject::invokeMethod(this, done);
    });
}

} // namespace lunaris
