// SPDX-License-Identifier: MIT
#include "app/ctl/Command.h"

#include "app/ctl/Output.h"
#include "dbus/BusConnection.h"

#include <QRegularExpression>

namespace lunaris
{

int wrongUsage(const QString &sentence)
{
    complain(sentence + QStringLiteral(" (see --help)"));
    return WrongUsage;
}

Command::Command(const QString &name, const QString &description) : m_name(name)
{
    m_parser.setApplicationDescription(description);
    // Not addHelpOption(): Qt would add an option of its own without a use here.
    m_parser.addOption({{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Say this and end.")});
}

void Command::takeArguments(const char *name, const char *description, const char *syntax)
{
    m_parser.addPositionalArgument(QLatin1String(name), QLatin1String(description), QLatin1String(syntax));
    m_takesArguments = true;
}

void Command::add(const QStringList &names, const char *description, const char *value,
                  const QString &standard)
{
    m_parser.addOption({names, QLatin1String(description), QLatin1String(value), standard});
}

void Command::add(const char *name, const char *description, const char *value, const QString &standard)
{
    add(QStringList{QLatin1String(name)}, description, value, standard);
}

void Command::addSwitch(const char *name, const char *description)
{
    m_parser.addOption({QLatin1String(name), QLatin1String(description)});
}

void Command::addHelperOptions()
{
    add("bus", "The D-Bus of the helper: system, session or an address.", "BUS", QStringLiteral("system"));
    addSwitch("no-ask", "Never ask for a password: what needs one is refused.");
    m_asksHelper = true;
}

std::optional<int> Command::parse(const QStringList &arguments)
{
    if (!m_parser.parse(QStringList{m_name} + arguments)) {
        return wrongUsage(m_parser.errorText());
    }
    if (m_parser.isSet(QStringLiteral("help"))) {
        // Qt names the program by its path and knows nothing of commands.
        const QString help = m_parser.helpText();
        print((QStringLiteral("Usage: lunaris-kernel-ctl ") + m_name +
               help.mid(help.indexOf(QStringLiteral(" [options]"))))
                  .toStdString());
        return Done;
    }
    if (!m_takesArguments && !m_parser.positionalArguments().isEmpty()) {
        return wrongUsage(QStringLiteral("%1 takes options only, but there is \"%2\"")
                              .arg(m_name, m_parser.positionalArguments().constFirst()));
    }
    if (m_asksHelper) {
        if (const auto problem = problemWithBus(value("bus"))) {
            return wrongUsage(*problem);
        }
    }
    return std::nullopt;
}

std::optional<quint64> Command::number(const char *name, bool &ok) const
{
    const QString text = value(name);
    if (text.isEmpty()) {
        ok = ok && !isSet(name);
        return std::nullopt;
    }
    bool isNumber = false;
    const quint64 parsed = text.toULongLong(&isNumber);
    ok = ok && isNumber && parsed > 0;
    return parsed;
}

std::optional<qint64> Command::duration(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,6})([smhd]?)$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const QString unit = match.captured(2);
    const qint64 factor = unit == QLatin1String("d")   ? 86'400
                          : unit == QLatin1String("h") ? 3'600
                          : unit == QLatin1String("m") ? 60
                                                       : 1;
    return match.captured(1).toLongLong() * factor * 1000;
}

std::variant<SubscriptionFilter, int> readFilter(const QStringList &words)
{
    const auto filter = SubscriptionFilter::read(words.join(u' ').toStdString());
    if (const auto *const error = std::get_if<filter::Error>(&filter)) {
        return wrongUsage(QStringLiteral("the filter is wrong at byte %1: %2")
                              .arg(error->at.position)
                              .arg(QString::fromStdString(error->sentence.english())));
    }
    return std::get<SubscriptionFilter>(filter);
}

} // namespace lunaris
