// SPDX-License-Identifier: MIT
#include "tests/fakes/Script.h"

#include "tests/fakes/Garbage.h"

#include <QStringList>
#include <array>
#include <optional>
#include <utility>

namespace lunaris::test
{

namespace
{

using Command = Script::Command;

constexpr quint64 mostEvents = 1'000'000;
constexpr quint64 mostMissing = 1'000'000'000;
constexpr quint64 longestWait = 600'000;
constexpr quint64 longestPause = 604'800;

/// The words of a line, or a complaint.
std::variant<QStringList, QString> split(const QString &line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    bool quoted = false;
    for (const QChar character : line) {
        if (character == u'"') {
            quoted = !quoted;
            inWord = true;
        } else if (!quoted && character == u'#') {
            break;
        } else if (!quoted && character.isSpace()) {
            if (std::exchange(inWord, false)) {
                words.append(std::exchange(word, {}));
            }
        } else {
            word += character;
            inWord = true;
        }
    }
    if (quoted) {
        return QStringLiteral("a quotation mark is missing");
    }
    if (inWord) {
        words.append(word);
    }
    return words;
}

/// Takes one word after the other; the first that is wrong is remembered.
class Words
{
public:
    explicit Words(QStringList words) : m_words(std::move(words)) {}

    QString text(const char *what)
    {
        if (m_words.isEmpty()) {
            complain(QStringLiteral("%1 is missing").arg(QLatin1String(what)));
            return {};
        }
        return m_words.takeFirst();
    }

    quint64 number(const char *what, quint64 most)
    {
        const QString word = text(what);
        bool good = false;
        const quint64 value = word.toULongLong(&good);
        if (!good || value > most) {
            complain(QStringLiteral("%1 must be a number up to %2, not “%3”")
                         .arg(QLatin1String(what))
                         .arg(most)
                         .arg(word));
        }
        return value;
    }

    quint64 numberOr0(const char *what, quint64 most) { return m_words.isEmpty() ? 0 : number(what, most); }
    QString textOrNothing() { return m_words.isEmpty() ? QString() : m_words.takeFirst(); }

    QString oneOf(const char *what, const QStringList &choices)
    {
        const QString word = text(what);
        if (!choices.contains(word)) {
            complain(QStringLiteral("%1 must be one of %2, not “%3”")
                         .arg(QLatin1String(what), choices.join(QStringLiteral(", ")), word));
        }
        return word;
    }

    QString complaint()
    {
        if (!m_words.isEmpty()) {
            complain(QStringLiteral("“%1” is too much").arg(m_words.constFirst()));
        }
        return m_complaint;
    }

private:
    void complain(const QString &sentence)
    {
        if (m_complaint.isEmpty()) {
            m_complaint = sentence;
        }
    }

    QStringList m_words;
    QString m_complaint;
};

using Read = Script::Step (*)(Words &words);

const QStringList &refusable()
{
    static const QStringList list = {QStringLiteral("subscribe"), QStringLiteral("commands")};
    return list;
}

Script::Step readPause(Words &words)
{
    const QString whose =
        words.oneOf("whose pause", {QStringLiteral("all"), QStringLiteral("own"), QStringLiteral("none")});
    if (whose == QLatin1String("all")) {
        const quint64 uid = words.number("the uid", 0xffff'fffe);
        return {Command::PauseAll, uid, words.numberOr0("the seconds", longestPause)};
    }
    if (whose == QLatin1String("own")) {
        return {Command::PauseOwn, words.numberOr0("the seconds", longestPause)};
    }
    return {Command::PauseNone};
}

Script::Step readAwait(Words &words)
{
    const QString what =
        words.oneOf("what to await", {QStringLiteral("subscription"), QStringLiteral("acknowledgement")});
    return {what == QLatin1String("subscription") ? Command::AwaitSubscription
                                                  : Command::AwaitAcknowledgement};
}

Script::Step readBurst(Words &words)
{
    const quint64 events = words.number("how many", mostEvents);
    return {Command::Burst, events, words.numberOr0("how many are missing", mostMissing)};
}

Script::Step readStream(Words &words)
{
    const quint64 events = words.number("how many", mostEvents);
    const quint64 rate = words.number("how many a second", mostEvents);
    return {Command::Stream, events, rate};
}

Script::Step readRefuse(Words &words)
{
    Script::Step step{Command::Refuse};
    step.word = words.oneOf("what to refuse", refusable());
    step.other =
        words.oneOf("the error", {QStringLiteral("NotAuthorized"), QStringLiteral("InvalidArgument"),
                                  QStringLiteral("InvalidFilter"), QStringLiteral("LimitExceeded"),
                                  QStringLiteral("NoSuchSubscription"), QStringLiteral("Unavailable")});
    step.text = words.text("the sentence");
    return step;
}

Script::Step named(Command command, const QString &word, const QString &other = {})
{
    Script::Step step{command};
    step.word = word;
    step.other = other;
    return step;
}

const std::array<std::pair<QLatin1String, Read>, 16> commands = {{
    {QLatin1String("appear"), [](Words &) -> Script::Step { return {Command::Appear}; }},
    {QLatin1String("vanish"), [](Words &) -> Script::Step { return {Command::Vanish}; }},
    {QLatin1String("burst"), readBurst},
    {QLatin1String("stream"), readStream},
    {QLatin1String("dropped"),
     [](Words &words) -> Script::Step {
         return {Command::Dropped, words.number("how many", mostMissing)};
     }},
    {QLatin1String("skip"),
     [](Words &words) -> Script::Step {
         return {Command::Skip, words.number("how many", mostMissing)};
     }},
    {QLatin1String("garbage"),
     [](Words &words) { return named(Command::Garbage, words.oneOf("the kind", garbageNames())); }},
    {QLatin1String("answers"),
     [](Words &words) {
         return named(Command::Answers,
                      words.oneOf("answers", {QStringLiteral("wrong"), QStringLiteral("right")}));
     }},
    {QLatin1String("state"),
     [](Words &words) {
         const QString state = words.text("the state");
         return named(Command::State, state, words.textOrNothing());
     }},
    {QLatin1String("pause"), readPause},
    {QLatin1String("refuse"), readRefuse},
    {QLatin1String("allow"),
     [](Words &words) { return named(Command::Allow, words.oneOf("what to allow", refusable())); }},
    {QLatin1String("end"), [](Words &words) { return named(Command::End, words.text("the reason")); }},
    {QLatin1String("statistics"),
     [](Words &words) {
         Script::Step step = named(Command::Statistics, words.text("the key"));
         step.first = words.number("the value", ~quint64{0});
         return step;
     }},
    {QLatin1String("wait"),
     [](Words &words) -> Script::Step {
         return {Command::Wait, words.number("the time in milliseconds", longestWait)};
     }},
    {QLatin1String("await"), readAwait},
}};

std::variant<Script::Step, QString> read(QStringList line)
{
    const QString name = line.takeFirst();
    Words words(line);
    Script::Step step{Command::Quit};
    bool known = name == QLatin1String("quit");
    QStringList names{QStringLiteral("quit")};
    for (const auto &[command, reader] : commands) {
        names.append(command);
        if (name == command) {
            known = true;
            step = reader(words);
        }
    }
    if (!known) {
        return QStringLiteral("there is no command “%1”; the commands are %2")
            .arg(name, names.join(QStringLiteral(", ")));
    }
    if (step.command == Command::Stream && step.second == 0) {
        return QStringLiteral("none a second never ends");
    }
    if (const QString complaint = words.complaint(); !complaint.isEmpty()) {
        return complaint;
    }
    return step;
}

} // namespace

std::variant<Script, QString> Script::parse(const QString &text)
{
    Script script;
    int number = 0;
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        ++number;
        const QString where = QStringLiteral("line %1: ").arg(number);
        const auto words = split(line);
        if (const auto *const complaint = std::get_if<QString>(&words)) {
            return where + *complaint;
        }
        if (std::get<QStringList>(words).isEmpty()) {
            continue;
        }
        const auto step = read(std::get<QStringList>(words));
        if (const auto *const complaint = std::get_if<QString>(&step)) {
            return where + *complaint;
        }
        script.m_steps.push_back(std::get<Step>(step));
    }
    return script;
}

} // namespace lunaris::test
