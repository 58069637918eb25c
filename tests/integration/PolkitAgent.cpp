// SPDX-License-Identifier: MIT
#include "tests/integration/PolkitAgent.h"

#include "helper/service/PolkitTypes.h"

#include <QCoreApplication>
#include <QFile>

using namespace lunaris;

namespace
{

const QString path = QStringLiteral("/agent");

QDBusMessage polkitCall(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.PolicyKit1"),
                                          QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
                                          QStringLiteral("org.freedesktop.PolicyKit1.Authority"), method);
}

PolkitSubject thisProcess()
{
    // proc(5): the 22nd field, where the second one may hold anything but its end.
    QFile stat(QStringLiteral("/proc/self/stat"));
    QByteArrayList fields;
    if (stat.open(QIODevice::ReadOnly)) {
        const QByteArray line = stat.readAll();
        fields = line.mid(line.lastIndexOf(')') + 1).simplified().split(' ');
    }
    return {QStringLiteral("unix-process"),
            {{QStringLiteral("pid"), quint32(QCoreApplication::applicationPid())},
             {QStringLiteral("start-time"), fields.value(19).toULongLong()}}};
}

} // namespace

PolkitAgent::PolkitAgent(const QDBusConnection &bus) : m_bus(bus)
{
    registerPolkitTypes();
    m_bus.registerVirtualObject(path, this);
    QDBusMessage message = polkitCall(QStringLiteral("RegisterAuthenticationAgent"));
    message << QVariant::fromValue(thisProcess()) << QStringLiteral("en_US.UTF-8") << path;
    const QDBusMessage reply = m_bus.call(message);
    if (reply.type() != QDBusMessage::ReplyMessage) {
        m_problem = reply.errorMessage();
    }
}

PolkitAgent::~PolkitAgent()
{
    QDBusMessage message = polkitCall(QStringLiteral("UnregisterAuthenticationAgent"));
    message << QVariant::fromValue(thisProcess()) << path;
    m_bus.call(message);
    m_bus.unregisterObject(path);
}

bool PolkitAgent::handleMessage(const QDBusMessage &message, const QDBusConnection &)
{
    if (message.member() == QLatin1String("BeginAuthentication") && !isOpen()) {
        // action, message, icon, details, cookie, identities
        const QVariantList arguments = message.arguments();
        m_begun = message;
        m_cookie = arguments.value(4).toString();
        m_dialogs.append({arguments.value(0).toString(), arguments.value(1).toString()});
        return true;
    }
    if (message.member() == QLatin1String("CancelAuthentication") &&
        message.arguments().value(0).toString() == m_cookie) {
        m_bus.send(message.createReply());
        ++m_withdrawn;
        cancel();
        return true;
    }
    return false;
}

void PolkitAgent::enter(const QString &user, const QString &password)
{
    m_helper = std::make_unique<QProcess>();
    m_helper->setProgram(QStringLiteral("/usr/lib/polkit-1/polkit-agent-helper-1"));
    m_helper->setArguments({user});
    connect(m_helper.get(), &QProcess::readyReadStandardOutput, this, [this, password] {
        while (m_helper->canReadLine()) {
            if (m_helper->readLine().startsWith("PAM_PROMPT_ECHO_OFF")) {
                m_helper->write(password.toUtf8() + '\n');
            }
        }
    });
    // The program itself tells polkit when PAM was content.
    connect(m_helper.get(), &QProcess::finished, this, [this] { close(m_begun.createReply()); });
    m_helper->start();
    m_helper->write(m_cookie.toUtf8() + '\n');
}

void PolkitAgent::cancel()
{
    close(m_begun.createErrorReply(QStringLiteral("org.freedesktop.PolicyKit1.Error.Cancelled"),
                                   QStringLiteral("The dialog was closed")));
}

void PolkitAgent::close(const QDBusMessage &answer)
{
    if (isOpen()) {
        m_cookie.clear();
        m_bus.send(answer);
    }
}
