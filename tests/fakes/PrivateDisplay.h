// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_PRIVATEDISPLAY_H
#define LUNARIS_TESTS_FAKES_PRIVATEDISPLAY_H

#include <QProcess>
#include <QProcessEnvironment>

namespace lunaris::test
{

/// A real X server of one's own that shows nothing to anybody, for as long as the object lives.
class PrivateDisplay
{
public:
    PrivateDisplay();
    ~PrivateDisplay();
    Q_DISABLE_COPY_MOVE(PrivateDisplay)

    /// As ":7"; empty when Xvfb could not be started.
    const QString &name() const { return m_name; }

    /// For programs that are to show their windows there: what this program has, and where that is. Qt
    /// Quick draws without OpenGL.
    QProcessEnvironment environment() const;

private:
    QProcess m_server;
    QString m_name;
};

} // namespace lunaris::test

#endif
