// SPDX-License-Identifier: MIT
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/PlausibleEvents.h"
#include "tests/fakes/PlausibleTotals.h"
#include "tests/fakes/ScriptPlayer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>
#include <variant>

using namespace lunaris;

namespace
{

/// Until the script says "quit", or for ever.
int play(test::FakeHelper &helper, const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        QTextStream(stderr) << "fake-helper: " << fileName << ": " << file.errorString() << '\n';
        return 2;
    }
    const auto script = test::Script::parse(QString::fromUtf8(file.readAll()));
    if (const auto *const complaint = std::get_if<QString>(&script)) {
        QTextStream(stderr) << "fake-helper: " << fileName << ", " << *complaint << '\n';
        return 2;
    }
    test::ScriptPlayer player(&helper, std::get<test::Script>(script));
    QObject::connect(&player, &test::ScriptPlayer::quitWanted, qApp, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    QObject::connect(
        &player, &test::ScriptPlayer::failed, qApp,
        [] {
            QTextStream(stderr) << "fake-helper: there is no bus, or the helper's name is taken\n";
            QCoreApplication::exit(1);
        },
        Qt::QueuedConnection);
    player.play();
    return QCoreApplication::exec();
}

/// How many events are to be made now, so that there are `rate` a second however late one asks; none are owed
/// for the time before start().
class Pace
{
public:
    explicit Pace(quint64 rate) : m_rate(rate) {}

    void start()
    {
        m_clock.start();
        m_made = 0;
    }

    quint64 due()
    {
        const quint64 wanted = static_cast<quint64>(m_clock.nsecsElapsed()) / 1000 * m_rate / 1'000'000;
        return wanted - std::exchange(m_made, wanted);
    }

private:
    const quint64 m_rate;
    QElapsedTimer m_clock;
    quint64 m_made = 0;
};

// As many as the real helper keeps for those who are slow.
constexpr qsizetype mostWaiting = 10'000;

} // namespace

/// Serves plausible events, or what a script says, on a bus until it is stopped.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption bus(QStringLiteral("bus"), QStringLiteral("D-Bus address to serve on."),
                                 QStringLiteral("address"));
    const QCommandLineOption rate(QStringLiteral("rate"), QStringLiteral("Events a second."),
                                  QStringLiteral("events"), QStringLiteral("200"));
    const QCommandLineOption most(QStringLiteral("events"),
                                  QStringLiteral("Not more than so many from the first subscription on."),
                                  QStringLiteral("count"));
    const QCommandLineOption names(QStringLiteral("names"),
                                   QStringLiteral("How many names a file that is one of many may have."),
                                   QStringLiteral("count"), QStringLiteral("1000"));
    const QCommandLineOption lossy(QStringLiteral("lossy"), QStringLiteral("Some events get lost."));
    const QCommandLineOption script(QStringLiteral("script"),
                                    QStringLiteral("Do what this file says in the place of all that; the "
                                                   "commands are in tests/fakes/Script.h."),
                                    QStringLiteral("file"));
    parser.addOptions({bus, rate, most, names, lossy, script});
    parser.process(application);

    test::FakeHelper helper(QDBusConnection::connectToBus(parser.value(bus), QStringLiteral("fake-helper")));
    if (parser.isSet(script)) {
        return play(helper, parser.value(script));
    }
    if (!helper.appear()) {
        QTextStream(stderr) << "fake-helper: no bus at “" << parser.value(bus) << "”, or its name is taken\n";
        return 1;
    }

    helper.setMostWaiting(mostWaiting);
    constexpr std::chrono::milliseconds interval{50};
    Pace pace(parser.value(rate).toUInt());
    const quint64 lost = parser.isSet(lossy) ? 3 : 0;
    quint64 left =
        parser.isSet(most) ? parser.value(most).toULongLong() : std::numeric_limits<quint64>::max();
    test::PlausibleEvents events(1, std::max(1U, parser.value(names).toUInt()));
    quint64 sent = 0;
    bool wanted = false;
    const auto started = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, &helper, [&] {
        const bool before =
            std::exchange(wanted, helper.subscriptions() > 0 && !helper.captureMethod().isEmpty());
        if (wanted && !before) {
            pace.start();
        } else if (const quint64 due = wanted ? std::min(pace.due(), left) : 0; due > 0) {
            const auto now = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
            helper.send(events.mixed(static_cast<qsizetype>(due), now));
            sent += due;
            left -= due;
        }
        helper.setStatistics(test::plausibleStatistics(sent, lost, started));
        helper.setRules(test::plausibleRules(sent));
    });
    timer.start(interval);
    return QCoreApplication::exec();
}
