// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_FAKEPOLKIT_H
#define LUNARIS_TESTS_UNIT_FAKEPOLKIT_H

#include "helper/service/PolkitTypes.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QStringList>
#include <optional>

namespace lunaris
{

/// Has polkit's name on a private bus, and answers as a test wants it, or not at all.
class FakePolkit final : public QDBusVirtualObject
{
    Q_OBJECT

public:
    static constexpr const char *service = "org.freedesktop.PolicyKit1";
    static constexpr const char *path = "/org/freedesktop/PolicyKit1/Authority";

    struct Asked {
        PolkitSubject subject;
        QString action;
        quint32 flags = 0;
        QString cancellation;
    };

    explicit FakePolkit(const QDBusConnection &bus) : m_bus(bus)
    {
        registerPolkitTypes();
        if (!m_bus.registerVirtualObject(QLatin1String(path), this) ||
            !m_bus.registerService(QLatin1String(service))) {
            qFatal("the test has no bus");
        }
    }
    ~FakePolkit() override { m_bus.unregisterObject(QLatin1String(path)); }

    static QVariantList result(bool isAuthorized, bool isChallenge)
    {
        return {QVariant::fromValue(PolkitResult{isAuthorized, isChallenge, {}})};
    }

    /// To each question from now on; an answer may have any shape.
    void answerWith(const QVariantList &answer) { m_answer = answer; }
    void answerWithError(const QString &name) { m_error = name; }

    /// To what was asked and not answered.
    void answerAll(const QVariantList &answer)
    {
        for (const QDBusMessage &message : std::exchange(m_pending, {})) {
            m_bus.send(message.createReply(answer));
        }
    }

    void change()
    {
        m_bus.send(QDBusMessage::createSignal(QLatin1String(path),
                                              QStringLiteral("org.freedesktop.PolicyKit1.Authority"),
                                              QStringLiteral("Changed")));
    }

    const QList<Asked> &asked() const { return m_asked; }
    const QStringList &withdrawn() const { return m_withdrawn; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        const QVariantList arguments = message.arguments();
        if (message.member() == QLatin1String("CancelCheckAuthorization")) {
            m_withdrawn.append(arguments.value(0).toString());
            m_bus.send(message.createReply());
            return true;
        }
        if (message.member() != QLatin1String("CheckAuthorization") ||
            message.signature() != QLatin1String("(sa{sv})sa{ss}us")) {
            return false;
        }
        m_asked.append({qdbus_cast<PolkitSubject>(arguments.at(0)), arguments.at(1).toString(),
                        arguments.at(3).toUInt(), arguments.at(4).toString()});
        if (!m_error.isEmpty()) {
            m_bus.send(message.createErrorReply(m_error, QStringLiteral("no")));
        } else if (m_answer) {
            m_bus.send(message.createReply(*m_answer));
        } else {
            m_pending.append(message);
        }
        return true;
    }

    QString introspect(const QString &) const override { return {}; }

private:
    QDBusConnection m_bus;
    std::optional<QVariantList> m_answer;
    QString m_error;
    QList<QDBusMessage> m_pending;
    QList<Asked> m_asked;
    QStringList m_withdrawn;
};

} // namespace lunaris

#endif
