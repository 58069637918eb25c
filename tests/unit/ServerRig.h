// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_SERVERRIG_H
#define LUNARIS_TESTS_UNIT_SERVERRIG_H

#include "app/ctl/EventBusServer.h"
#include "tests/unit/RawPeer.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <sys/stat.h>

namespace lunaris
{

inline eventbus::Event sampleMessage(const QString &id = QStringLiteral("id-1"),
                                     std::uint32_t uid = ordinaryUser())
{
    eventbus::Event event;
    event.set_id(id.toStdString());
    event.set_type("file.opened");
    event.set_timestamp(1'771'677'296'000'000);
    event.set_source("ebpf");
    event.set_pid(1);
    event.set_session_id("s");
    event.set_uid(uid);
    return event;
}

/// Listening to everybody is root's right; who is not root asks for the own uid.
inline QByteArray registration(const QByteArray &id, const QByteArray &types = "*")
{
    return id + '\n' + types + '\n' + (geteuid() == 0 ? QByteArray("*") : QByteArray::number(geteuid())) +
           '\n';
}

inline const QString fence = QStringLiteral("fence");

/// A server of ours with a producer that behaves.
struct ServerRig {
    ServerRig()
    {
        const auto problem = server.listen();
        if (problem) {
            qFatal("%s", qPrintable(*problem));
        }
        // Others than the one who runs the test must get to the sockets.
        for (const QString &path : {directory.path(), QFileInfo(producers).path(), producers}) {
            chmod(QFile::encodeName(path).constData(), 0777);
        }
        producer = std::make_unique<RawPeer>(producers);
    }

    /// A consumer whose registration the server has read.
    std::unique_ptr<RawPeer> consumer(const QByteArray &lines, uid_t uid = geteuid())
    {
        auto peer = std::make_unique<RawPeer>(consumers, uid);
        peer->send(lines);
        // It is read when a later connection has been refused for its bad registration.
        RawPeer later(consumers);
        later.send("x\n*\nnobody\n");
        if (!QTest::qWaitFor([&] { return later.isClosed(); })) {
            qFatal("the server does not answer");
        }
        return peer;
    }

    bool send(const eventbus::Event &event) { return producer->sendFrame(event.SerializeAsString()); }

    /// Sends a good event; when it has arrived, what was sent before has been dealt with.
    bool sendFence() { return send(sampleMessage(fence, 0)); }

    QTemporaryDir directory;
    const QString producers = directory.filePath(QStringLiteral("sub/p.sock"));
    const QString consumers = directory.filePath(QStringLiteral("sub/c.sock"));
    EventBusServer server{producers, consumers};
    std::unique_ptr<RawPeer> producer;
};

} // namespace lunaris

#endif
