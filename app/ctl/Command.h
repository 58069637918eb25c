// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_COMMAND_H
#define LUNARIS_APP_CTL_COMMAND_H

#include "app/client/SubscriptionFilter.h"
#include "app/ctl/ExitStatus.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>
#include <optional>
#include <variant>

namespace lunaris
{

/// Says what is wrong with the command line, and gives the exit status for that.
int wrongUsage(const QString &sentence);

/// A command's options: parses them, and answers --help and mistakes.
class Command
{
public:
    Command(const QString &name, const QString &description);

    /// Lets arguments follow that are no options, as "[FILTER…]".
    void takeArguments(const char *name, const char *description, const char *syntax);

    /// An option with a value, by one name or more.
    void add(const QStringList &names, const char *description, const char *value,
             const QString &standard = QString());
    void add(const char *name, const char *description, const char *value,
             const QString &standard = QString());
    void addSwitch(const char *name, const char *description);

    /// --bus, --no-ask: of every command that speaks to the helper.
    void addHelperOptions();

    /// The exit status when there is nothing left to do.
    std::optional<int> parse(const QStringList &arguments);

    QStringList arguments() const { return m_parser.positionalArguments(); }
    bool isSet(const char *name) const { return m_parser.isSet(QLatin1String(name)); }
    QString value(const char *name) const { return m_parser.value(QLatin1String(name)); }

    /// A whole number above 0; nothing if the option is not there. `ok` is cleared if it is none.
    std::optional<quint64> number(const char *name, bool &ok) const;

    /// A time as 10s, 5m, 2h or 1d, seconds without a unit; in milliseconds. Nothing if it is none.
    static std::optional<qint64> duration(const QString &text);

private:
    const QString m_name;
    QCommandLineParser m_parser;
    bool m_takesArguments = false;
    bool m_asksHelper = false;
};

/// The filter that the words of a command line are, or the exit status when they are none.
std::variant<SubscriptionFilter, int> readFilter(const QStringList &words);

} // namespace lunaris

#endif
