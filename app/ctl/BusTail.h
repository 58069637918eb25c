// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_BUSTAIL_H
#define LUNARIS_APP_CTL_BUSTAIL_H

#include "app/ctl/ExitStatus.h"
#include "proto/FrameCodec.h"

#include <QLocalSocket>
#include <QObject>
#include <QString>
#include <optional>

namespace lunaris
{

/// `bus tail`: a consumer of the Event Bus that prints a line an event.
class BusTail : public QObject
{
    Q_OBJECT

public:
    struct Options {
        QString consumerSocket;
        QString types = QStringLiteral("*");
        QString uid = QStringLiteral("*");
        std::optional<quint64> count; ///< stop after so many events
    };

    explicit BusTail(const Options &options);

    void start();

public Q_SLOTS:
    void stop();

Q_SIGNALS:
    void finished(int status);

private:
    void onReadable();
    void finish(ExitStatus status);

    const Options m_options;
    QLocalSocket m_socket;
    proto::FrameReader m_frames;
    quint64 m_shown = 0;
    bool m_finished = false;
};

} // namespace lunaris

#endif
