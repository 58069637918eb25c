// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_POLKITAGENT_H
#define LUNARIS_TESTS_INTEGRATION_POLKITAGENT_H

#include <QByteArray>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStringList>
#include <memory>

/// What a desktop has to ask a person for a password: an authentication agent, registered with polkit for
/// this process, that asks PAM by polkit's own set-uid program. The person is the test.
///
/// https://www.freedesktop.org/software/polkit/docs/latest/eggdbus-interface-org.freedesktop.PolicyKit1.AuthenticationAgent.html
class PolkitAgent final : public QDBusVirtualObject
{
    Q_OBJECT

public:
    struct Dialog {
        QString action;
        QString message;
    };

    /// On a connection of the user whose process this is.
    explicit PolkitAgent(const QDBusConnection &bus);
    ~PolkitAgent() override;

    /// Empty, or why polkit would not have it.
    const QString &problem() const { return m_problem; }

    /// All that were opened, the latest last; at most one is open.
    const QList<Dialog> &dialogs() const { return m_dialogs; }
    bool isOpen() const { return !m_cookie.isEmpty(); }

    /// How often polkit has closed one that was open.
    int withdrawn() const { return m_withdrawn; }

    /// The person types a password for the user and presses Return; the dialog closes whatever comes of it.
    void enter(const QString &user, const QString &password);

    /// The person closes the dialog.
    void cancel();

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;
    QString introspect(const QString &) const override { return {}; }

private:
    void close(const QDBusMessage &answer);

    QDBusConnection m_bus;
    QString m_problem;
    QList<Dialog> m_dialogs;
    int m_withdrawn = 0;
    QDBusMessage m_begun;
    QString m_cookie;
    std::unique_ptr<QProcess> m_helper;
};

#endif
