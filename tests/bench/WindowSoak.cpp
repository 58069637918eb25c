// SPDX-License-Identifier: MIT
//
// window_soak: the real window under a stream of events from a fake helper in a process of its own, while
// it follows the newest row and a person types one filter after the other. Ends with 1 when a row is missing,
// memory grows, or the window is busy with itself for too long.
#include "app/gui/Monitor.h"
#include "app/window/MainWindow.h"
#include "app/window/Translations.h"
#include "dbus/Names.h"
#include "tests/bench/FilterTypist.h"
#include "tests/bench/PageTour.h"
#include "tests/bench/RowLedger.h"
#include "tests/bench/ThreadPulse.h"
#include "tests/fakes/EndWithParent.h"
#include "tests/fakes/PrivateBus.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QProcess>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::seconds longestSilence = 30s;

struct Options {
    quint64 seconds = 0;
    quint64 rate = 0;
    int rows = 0;
    QString names;
    qint64 longestBusy = 0; // ms
    double growth = 0;      // MiB
    bool isTour = false;
    bool isVerbose = false;
};

/// What is asked about once a second.
struct Sample {
    double megabytes;
    quint64 received;
    bool isFull; // the history holds as much as it may
};

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const double pages = file.readAll().split(' ').value(1).toDouble();
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024 / 1024;
}

double processorSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The most memory in one quarter, 0 to 3, of the time with a full history.
double mostMegabytes(const std::vector<Sample> &samples, std::size_t quarter)
{
    const auto full =
        std::find_if(samples.begin(), samples.end(), [](const Sample &sample) { return sample.isFull; });
    const auto count = static_cast<std::size_t>(samples.end() - full);
    double most = 0;
    for (std::size_t at = count * quarter / 4; at < count * (quarter + 1) / 4; ++at) {
        most = std::max(most, full[static_cast<std::ptrdiff_t>(at)].megabytes);
    }
    return most;
}

QString inMilliseconds(const test::ThreadPulse::Lateness &lateness)
{
    const auto text = [](qint64 microseconds) {
        return QString::number(static_cast<double>(microseconds) / 1000, 'f', 1);
    };
    return QStringLiteral("median %1, p99 %2, longest %3 ms")
        .arg(text(lateness.median), text(lateness.p99), text(lateness.maximum));
}

class Soak : public QObject
{
public:
    Soak(const Options &options, const QString &bus)
        : m_options(options), m_monitor(bus, dbus::scope::own), m_pulse(static_cast<int>(options.seconds) * 2)
    {
        m_monitor.settings()->setHistoryRows(options.rows);
        m_samples.reserve(options.seconds * 3);
    }

    /// True when there is nothing to complain about; prints what was measured.
    bool run();

private:
    const EventStore &store() { return *m_monitor.live()->store(); }
    quint64 wanted() const { return m_options.seconds * m_options.rate; }
    void onRows(test::FilterTypist &typist, test::PageTour &tour);
    void onBeat(qint64 wall, qint64 busy, qint64 computing, const char *doing);
    void sample();
    bool isListingRight();
    void print();
    bool judge();

    const Options m_options;
    Monitor m_monitor;
    test::RowLedger m_ledger{m_monitor.live()->store()};
    test::ThreadPulse m_pulse;
    std::vector<Sample> m_samples;
    QElapsedTimer m_clock;
    QTimer m_silence;
    quint64 m_frames = 0;
    std::size_t m_filters = 0;
    std::size_t m_rounds = 0;
    double m_seconds = 0;
    double m_processor = 0;
    QTextStream m_out{stdout};
};

bool Soak::run()
{
    const MainWindow main(&m_monitor);
    QQuickWindow *const window = main.window();
    if (window == nullptr || !QTest::qWaitForWindowExposed(window)) {
        m_out << "FAIL!  : there is no window\n";
        return false;
    }
    window->requestActivate();
    test::FilterTypist typist(window);
    test::PageTour tour(window, &typist);
    QTimer second;
    second.setInterval(1s);
    connect(&second, &QTimer::timeout, this, &Soak::sample);
    m_silence.setSingleShot(true);
    m_silence.setInterval(longestSilence);
    connect(&m_silence, &QTimer::timeout, qGuiApp, &QCoreApplication::quit);
    connect(&store(), &EventStore::changed, this, [this, &typist, &tour] { onRows(typist, tour); });
    connect(window, &QQuickWindow::frameSwapped, this, [this] { ++m_frames; });
    connect(&m_pulse, &test::ThreadPulse::beaten, this,
            [this, &tour](qint64 wall, qint64 busy, qint64 computing) {
                onBeat(wall, busy, computing, tour.doing());
            });

    m_monitor.start();
    m_clock.start();
    m_silence.start();
    second.start();
    m_pulse.start();
    typist.start();
    if (m_options.isTour) {
        tour.start();
    }
    const double before = processorSeconds();
    QGuiApplication::exec();
    m_processor = processorSeconds() - before;
    m_filters = typist.begun();
    m_rounds = tour.rounds();
    while (m_monitor.live()->isSearching()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    print();
    return judge();
}

void Soak::onRows(test::FilterTypist &typist, test::PageTour &tour)
{
    m_ledger.look();
    m_silence.start();
    const quint64 come = m_ledger.received() + m_ledger.dropped();
    // The last filter is one that holds for a row or does not whenever one asks, and events still come.
    if (come + m_options.rate * 3 >= wanted() && typist.isTyping()) {
        typist.stop();
        tour.stop();
        m_monitor.live()->filter()->use(QStringLiteral("path contains objects or comm == git"));
    }
    if (come >= wanted() && m_seconds == 0) {
        m_seconds = static_cast<double>(m_clock.elapsed()) / 1000;
        QTimer::singleShot(500ms, qGuiApp, &QCoreApplication::quit); // none may come any more
    }
}

void Soak::onBeat(qint64 wall, qint64 busy, qint64 computing, const char *doing)
{
    if (m_options.isVerbose && busy > m_options.longestBusy * 1000 / 2) {
        m_out << QStringLiteral(
                     "  at %1 s late by %2 ms, busy for %3 of them, computing for %4, filter “%5”, %6\n")
                     .arg(static_cast<double>(m_clock.elapsed()) / 1000, 0, 'f', 2)
                     .arg(wall / 1000)
                     .arg(busy / 1000)
                     .arg(computing / 1000)
                     .arg(m_monitor.live()->filter()->text(), QLatin1String(doing))
              << Qt::flush;
    }
}

void Soak::sample()
{
    const bool isFull = store().rows().count() >= static_cast<quint64>(m_options.rows);
    m_samples.push_back({residentMegabytes(), m_ledger.received(), isFull});
}

/// Asks about all rows once more, one by one.
bool Soak::isListingRight()
{
    const EventListing &listing = *m_monitor.live()->listing();
    EventMatcher matcher(listing.filter());
    quint64 index = 0;
    for (quint64 number = listing.rows().first(); number < listing.rows().end(); ++number) {
        if (!matcher.passes(listing.rows().at(number))) {
            continue;
        }
        if (index >= listing.count() || listing.numberAt(index) != number) {
            return false;
        }
        ++index;
    }
    return index == listing.count();
}

void Soak::print()
{
    quint64 slowest = m_options.rate;
    for (std::size_t at = 2; at + 1 < m_samples.size(); ++at) {
        slowest = std::min(slowest, m_samples[at].received - m_samples[at - 1].received);
    }
    const auto number = [](double value) { return QString::number(value, 'f', 1); };
    const double seconds = std::max(m_seconds, 0.001);
    m_out << "sent                    " << wanted() << '\n'
          << "received                " << m_ledger.received() << '\n'
          << "reported as dropped     " << m_ledger.dropped() << '\n'
          << "out of order            " << m_ledger.outOfOrder() << '\n'
          << "events a second         " << number(static_cast<double>(m_ledger.received()) / seconds)
          << " for " << number(m_seconds) << " s, in the slowest second " << slowest << '\n'
          << "frames a second         " << number(static_cast<double>(m_frames) / seconds) << '\n'
          << "processor               " << number(m_processor / seconds * 100) << " % of one\n"
          << "filters typed           " << m_filters << '\n'
          << "times through all pages " << m_rounds << '\n'
          << "window late             " << inMilliseconds(m_pulse.wall()) << '\n'
          << "  of that busy          " << inMilliseconds(m_pulse.busy()) << '\n'
          << "computing at once       " << inMilliseconds(m_pulse.computing()) << '\n'
          << "rows kept               " << store().rows().count() << " in "
          << number(static_cast<double>(store().bytes()) / 1024 / 1024) << " MiB\n"
          << "resident, history full  " << number(mostMegabytes(m_samples, 0))
          << " MiB at most in the first quarter, " << number(mostMegabytes(m_samples, 3)) << " in the last\n";
}

bool Soak::judge()
{
    bool passed = true;
    const auto expect = [this, &passed](bool holds, const QString &complaint) {
        if (!holds) {
            m_out << "FAIL!  : " << complaint << '\n';
            passed = false;
        }
    };
    expect(m_ledger.received() + m_ledger.dropped() == wanted() && m_ledger.outOfOrder() == 0,
           QStringLiteral("the rows are not what was sent"));
    expect(isListingRight(), QStringLiteral("the filtered list is not of the rows that pass"));
    expect(m_monitor.live()->rows()->isFollowing(), QStringLiteral("the view does not follow any more"));
    expect(mostMegabytes(m_samples, 0) > 0, QStringLiteral("the history was never full; take fewer --rows"));
    expect(mostMegabytes(m_samples, 3) <= mostMegabytes(m_samples, 0) + m_options.growth,
           QStringLiteral("memory has grown by more than %1 MiB").arg(m_options.growth));
    expect(m_pulse.busy().maximum <= m_options.longestBusy * 1000,
           QStringLiteral("the window was busy for longer than %1 ms").arg(m_options.longestBusy));
    return passed;
}

} // namespace

int main(int argc, char **argv)
{
    // A person's own settings are none of ours.
    const QTemporaryDir settings;
    qputenv("XDG_CONFIG_HOME", settings.path().toLocal8Bit());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    const QGuiApplication application(argc, argv);
    const Translations translations;

    QCommandLineParser parser;
    parser.addHelpOption();
    const auto add = [&parser](const char *name, const char *description, const char *standard) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(description),
                          QStringLiteral("number"), QString::fromLatin1(standard)});
    };
    add("seconds", "How long.", "600");
    add("rate", "Events a second.", "20000");
    add("rows", "How many events the history keeps.", "1000000");
    add("names", "How many names a file may have that is one of many.", "100000");
    add("busy", "Milliseconds for which the window may be busy at most.", "100");
    add("growth", "MiB by which memory may grow.", "16");
    parser.addOption({QStringLiteral("tour"), QStringLiteral("Go through all pages.")});
    parser.addOption({QStringLiteral("verbose"), QStringLiteral("Say when the window was busy.")});
    parser.process(application);
    const auto value = [&parser](const char *name) { return parser.value(QString::fromLatin1(name)); };
    const Options options{value("seconds").toULongLong(),
                          value("rate").toULongLong(),
                          value("rows").toInt(),
                          value("names"),
                          value("busy").toLongLong(),
                          value("growth").toDouble(),
                          parser.isSet(QStringLiteral("tour")),
                          parser.isSet(QStringLiteral("verbose"))};

    const test::PrivateBus bus;
    QProcess helper;
    test::endWithParent(helper);
    helper.setProcessChannelMode(QProcess::ForwardedChannels);
    helper.start(QStringLiteral(LUNARIS_FAKE_HELPER),
                 {QStringLiteral("--bus"), bus.address(), QStringLiteral("--rate"),
                  QString::number(options.rate), QStringLiteral("--events"),
                  QString::number(options.seconds * options.rate), QStringLiteral("--names"), options.names});
    if (bus.address().isEmpty() || !helper.waitForStarted()) {
        QTextStream(stderr) << "window_soak: dbus-daemon or fake-helper did not start\n";
        return EXIT_FAILURE;
    }
    const bool passed = Soak(options, bus.address()).run();
    helper.terminate();
    helper.waitForFinished();
    return passed ? EXIT_SUCCESS : EXIT_FAILURE;
}
