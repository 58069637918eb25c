// SPDX-License-Identifier: MIT
// Composes the helper: the capture thread runs from the kernel to the Event Bus, the main thread
// speaks D-Bus; between them are the ring of recent events, queued signals and counters.
#include "dbus/BusConnection.h"
#include "helper/CaptureCalls.h"
#include "helper/CaptureSide.h"
#include "helper/CheckReport.h"
#include "helper/Log.h"
#include "helper/Options.h"
#include "helper/home/Privileges.h"
#include "helper/home/ProcessGuard.h"
#include "helper/home/Watchdog.h"
#include "helper/service/IdleWatch.h"
#include "helper/service/MonitorService.h"
#include "helper/service/PauseControl.h"
#include "helper/service/PolkitAuthority.h"
#include "helper/service/RulesControl.h"
#include "helper/source/Readiness.h"
#include "process/TerminationSignal.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDeadlineTimer>
#include <QLoggingCategory>
#include <QThread>
#include <QTimer>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logMain, "lunaris.kernel.helper")

constexpr std::size_t ringEvents = 10'000;
constexpr std::size_t ringBytes = std::size_t{8} * 1024 * 1024;
constexpr std::chrono::milliseconds drainLimit = 2s;

/// What a replay has handed out is to arrive, however slow the bus; who will not wait ends the helper.
constexpr std::chrono::milliseconds replayDrainLimit = 1h;

/// What is seen here and what is not: nothing of it keeps us from watching.
void describeReach(const BpfSource &source, Readiness &readiness)
{
    const BpfSource::Reach reach = source.reach();
    const auto add = [&readiness](const char *name, const QString &found) {
        readiness.items.append({QString::fromLatin1(name), true, found, QString()});
    };
    add("trampolines", reach.trampolines
                           ? QStringLiteral("allowed by this kernel")
                           : QStringLiteral("not allowed by this kernel, or by a security module"));
    add("io_uring", reach.uring ? QStringLiteral("opens through it are seen")
                                : QStringLiteral("opens through it are not seen on this kernel"));
    add("32-bit", reach.compat ? QStringLiteral("opens of 32-bit programs are seen")
                               : QStringLiteral("opens of 32-bit programs are not seen (--capture-compat)"));
}

int check(const Config &config, bool json)
{
    struct : RecordSink {
        void record(std::span<const std::byte>) override {}
        void endOfBatch() override {}
    } nowhere;

    Readiness readiness = probeReadiness(QStringLiteral("/"), SystemFacts::current());
    BpfSource source(captureOptionsOf(config));
    if (readiness.reason().isEmpty()) {
        static_cast<void>(source.setWanted(EventTypes::all())); // started below
        const auto failure = source.start(nowhere);
        source.stop();
        readiness.items.append({QStringLiteral("programs"), !failure,
                                failure ? failure->sentence : QStringLiteral("load and attach"),
                                failure ? failure->reason : QString()});
        if (!failure) {
            describeReach(source, readiness);
        }
    }
    std::printf("%s\n", checkReport(readiness, source.method(), json).toUtf8().constData());
    return readiness.reason().isEmpty() ? 0 : 1;
}

/// Runs `action` on the thread of `context` and waits for it.
template<typename Action>
void runOn(QObject &context, Action action)
{
    QMetaObject::invokeMethod(&context, action, Qt::BlockingQueuedConnection);
}

int run(Config config, RecordingFiles files)
{
    // A replay is nobody's desktop: it goes by the configuration, and leaves nothing behind.
    const QString stateDirectory = files.replay ? QString() : config.stateDirectory;
    const StateFile rulesFile(stateDirectory, QStringLiteral("rules.json"));
    const FilterSettings configured{config.rules, config.deduplicationWindow};
    const SavedFilter saved = SavedFilter::load(rulesFile);
    config.rules = saved.over(configured).rules;
    config.deduplicationWindow = saved.over(configured).window;

    TerminationSignal termination;
    EventRing ring(ringEvents, ringBytes);

    QThread captureThread;
    captureThread.setObjectName(QStringLiteral("capture"));
    QObject onCaptureThread;
    onCaptureThread.moveToThread(&captureThread);
    captureThread.start();
    std::unique_ptr<CaptureSide> side;
    runOn(onCaptureThread, [&] { side = std::make_unique<CaptureSide>(config, ring, std::move(files)); });

    CaptureCalls captureCalls(onCaptureThread, *side);
    RulesControl rules(configured, saved, captureCalls, rulesFile);
    WallAlarm alarm;
    PauseControl pauses(captureCalls, alarm, StateFile(stateDirectory, QStringLiteral("pauses.json")));
    QObject::connect(&pauses, &PauseControl::startRequested, &side->capture, &Capture::start);
    QObject::connect(&pauses, &PauseControl::pauseRequested, &side->capture, &Capture::pause);
    std::unique_ptr<Authority> authority;
    std::unique_ptr<MonitorService> service;
    std::unique_ptr<IdleWatch> idleWatch;
    int status = 0;

    const auto finish = [&](int exitStatus, std::chrono::milliseconds limit) {
        status = exitStatus;
        QMetaObject::invokeMethod(&onCaptureThread, [&, limit] {
            side->capture.stop();
            if (!side->bus) {
                QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
                return;
            }
            QObject::connect(side->bus.get(), &EventBusClient::drained, qApp, &QCoreApplication::quit,
                             Qt::QueuedConnection);
            side->bus->drain(limit);
        });
    };
    QObject::connect(&termination, &TerminationSignal::received, qApp, [&finish] {
        qCInfo(logMain, "Stopping.");
        finish(0, drainLimit);
    });
    bool replayed = false;
    QTimer subscribersTurn; // after a replay
    subscribersTurn.setInterval(50ms);
    if (side->replay) {
        QObject::connect(side->replay.get(), &ReplaySource::finished, qApp, [&](bool intact) {
            const QDeadlineTimer patience(drainLimit);
            QObject::connect(&subscribersTurn, &QTimer::timeout, qApp, [&, intact, patience] {
                if (!service || service->subscriptions().areCaughtUp() || patience.hasExpired()) {
                    subscribersTurn.stop();
                    replayed = true;
                    finish(intact ? 0 : 1, replayDrainLimit);
                }
            });
            subscribersTurn.start();
        });
    }

    // Whether or not somebody listens.
    const EventTypes alwaysWanted = side->recorder ? EventTypes::all()
                                    : side->bus    ? config.busSelection.types
                                                   : EventTypes();
    runOn(onCaptureThread, [&] { side->capture.setWanted(alwaysWanted); });

    bool served = true;
    if (config.dbusEnabled) {
        const QDBusConnection bus = connectToBus(config.dbusAddress);
        authority = config.dbusAddress == QLatin1String("session")
                        ? std::unique_ptr<Authority>(std::make_unique<RefusingAuthority>())
                        : std::make_unique<PolkitAuthority>(bus);
        service = std::make_unique<MonitorService>(bus, ring, *authority, rules, pauses,
                                                   SystemFacts::current().kernelRelease,
                                                   [&side] { return side->statistics(); });
        ring.setNotifier([&subscriptions = service->subscriptions()] {
            QMetaObject::invokeMethod(&subscriptions, &Subscriptions::wake, Qt::QueuedConnection);
        });
        QObject::connect(&side->capture, &Capture::stateChanged, service.get(),
                         &MonitorService::onStateChanged);
        QObject::connect(&service->subscriptions(), &Subscriptions::wantedTypesChanged, &side->capture,
                         [&capture = side->capture, alwaysWanted](EventTypes types) {
                             capture.setWanted(types | alwaysWanted);
                         });
        if (side->bus) {
            QObject::connect(side->bus.get(), &EventBusClient::connectedChanged, service.get(),
                             &MonitorService::onBusConnectedChanged);
        }
        QObject::connect(service.get(), &MonitorService::busLost, qApp, [&finish] { finish(1, drainLimit); });
        if (!side->bus && !side->recorder && !side->replay) {
            idleWatch =
                std::make_unique<IdleWatch>([&service] { return service->isNeeded(); }, config.idlePatience);
            QObject::connect(service.get(), &MonitorService::isNeededChanged, idleWatch.get(),
                             &IdleWatch::look);
            QObject::connect(idleWatch.get(), &IdleWatch::idle, qApp, [&finish] {
                qCInfo(logMain, "Nobody watches, and there is no Event Bus to feed: leaving.");
                finish(0, drainLimit);
            });
        }
        served = service->takeName();
    }
    // After the service: who paused hears of it when the properties tell of it.
    QObject::connect(&side->capture, &Capture::answered, &pauses, &PauseControl::onAnswered);

    std::unique_ptr<Watchdog> watchdog;
    if (const auto limit = Watchdog::wantedByManager(); limit > 0us) {
        watchdog = std::make_unique<Watchdog>(onCaptureThread, limit);
    }

    if (served) {
        if (side->bus) {
            runOn(onCaptureThread, [&side] { side->bus->start(); });
        }
        pauses.start();
        QCoreApplication::exec();
        if (replayed && side->undelivered() > 0) {
            qCWarning(logMain, "Of the replay %llu events did not reach the Event Bus.",
                      static_cast<unsigned long long>(side->undelivered()));
            status = 1;
        }
    } else {
        status = 1;
    }

    runOn(onCaptureThread, [&side] { side.reset(); });
    captureThread.quit();
    captureThread.wait(); // and no question of the watchdog's is on its way any more
    return status;
}

int refuseToRun(const std::string &problem)
{
    std::fprintf(stderr, "lunaris-kernel-helper: %s\n", problem.c_str());
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    if (const std::error_code error = guardProcess()) {
        return refuseToRun("this process cannot be closed to others: " + error.message());
    }
    // A limit on the size of files makes writing the spool fail, and that is all.
    std::signal(SIGXFSZ, SIG_IGN);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lunaris-kernel-helper"));

    const auto parsed = parseOptions(QCoreApplication::arguments(), QProcessEnvironment::systemEnvironment());
    if (const auto *farewell = std::get_if<Farewell>(&parsed)) {
        std::fprintf(farewell->status == 0 ? stdout : stderr, "%s\n", farewell->text.toUtf8().constData());
        return farewell->status;
    }
    const auto &options = std::get<Options>(parsed);
    // The report says it all; the log is for what goes wrong.
    installLog(options.task == Options::Task::Check ? QtWarningMsg : options.config.logLevel);
    if (options.task == Options::Task::Check) {
        if (const auto problem = dropPrivileges()) {
            return refuseToRun(*problem);
        }
        return check(options.config, options.json);
    }
    auto opened = openRecordingFiles(options);
    if (const auto *problem = std::get_if<QString>(&opened)) {
        std::fprintf(stderr, "lunaris-kernel-helper: %s\n", problem->toUtf8().constData());
        return 2;
    }
    // The recordings are open, the only files that may be another's; there is one thread yet.
    if (const auto problem = dropPrivileges()) {
        return refuseToRun(*problem);
    }
    return run(options.config, std::get<RecordingFiles>(std::move(opened)));
}
