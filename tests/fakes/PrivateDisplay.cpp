// SPDX-License-Identifier: MIT
#include "tests/fakes/PrivateDisplay.h"

#include "tests/fakes/EndWithParent.h"

namespace lunaris::test
{

PrivateDisplay::PrivateDisplay()
{
    endWithParent(m_server);
    // It takes a number that is free, and writes that when it is ready.
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp"), QStringLiteral("-screen"), QStringLiteral("0"),
                    QStringLiteral("1440x900x24")});
    if (m_server.waitForStarted() && m_server.waitForReadyRead()) {
        m_name = QLatin1Char(':') + QString::fromLatin1(m_server.readLine()).trimmed();
    }
}

PrivateDisplay::~PrivateDisplay()
{
    m_server.terminate();
    if (!m_server.waitForFinished(5000)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

QProcessEnvironment PrivateDisplay::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
    environment.insert(QStringLiteral("DISPLAY"), m_name);
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("QT_QUICK_BACKEND"), QStringLiteral("software"));
    environment.insert(QStringLiteral("QT_XCB_GL_INTEGRATION"), QStringLiteral("none"));
    return environment;
}

} // namespace lunaris::test
