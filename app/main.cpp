// SPDX-License-Identifier: MIT
#include "dbus/BusConnection.h"
#include "app/gui/MonitorController.h"
#include "app/window/MainWindow.h"
#include "dbus/Names.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QIcon>
#include <QSocketNotifier>
#include <QTextStream>
#include <csignal>
#include <optional>
#include <sys/signalfd.h>
#include <variant>

namespace
{

constexpr int usageError = 2;

struct Options {
    QString bus;
    QString scope;
};

QString refused(const QCommandLineParser &parser, const Options &options)
{
    if (!parser.positionalArguments().isEmpty()) {
        return QStringLiteral("“%1” is not an option; --help lists them.")
            .arg(parser.positionalArguments().constFirst());
    }
    if (options.scope != lunaris::dbus::scope::own && options.scope != lunaris::dbus::scope::all) {
        return QStringLiteral("--scope takes “own” or “all”, not “%1”.").arg(options.scope);
    }
    if (options.bus != QLatin1String("system") && options.bus != QLatin1String("session") &&
        !options.bus.contains(QLatin1Char(':'))) {
        return QStringLiteral("--bus takes “system”, “session” or a D-Bus address, not “%1”.")
            .arg(options.bus);
    }
    return {};
}

/// What to run with, or the status to exit with at once. Needs no display, so that --help and
/// --version work everywhere.
std::variant<Options, int> parse(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Shows live which files programs open."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption bus(
        QStringLiteral("bus"),
        QStringLiteral("Where the helper is: system (default), session or a D-Bus address."),
        QStringLiteral("bus"), QStringLiteral("system"));
    const QCommandLineOption scope(QStringLiteral("scope"),
                                   QStringLiteral("Whose activity to show: own (default) or all."),
                                   QStringLiteral("scope"), QString(lunaris::dbus::scope::own));
    parser.addOptions({bus, scope});

    QString complaint;
    if (!parser.parse(QCoreApplication::arguments())) {
        complaint = parser.errorText();
    } else if (parser.isSet(version)) {
        QTextStream(stdout) << QCoreApplication::applicationName() << ' '
                            << QCoreApplication::applicationVersion() << '\n';
        return 0;
    } else if (parser.isSet(help)) {
        QTextStream(stdout) << parser.helpText();
        return 0;
    }
    const Options options{parser.value(bus), parser.value(scope)};
    if (complaint.isEmpty()) {
        complaint = refused(parser, options);
    }
    if (!complaint.isEmpty()) {
        QTextStream(stderr) << QCoreApplication::applicationName() << ": " << complaint << '\n';
        return usageError;
    }
    return options;
}

/// Blocks SIGINT and SIGTERM for this thread and all that it starts; they are read from the
/// descriptor instead. -1 when that is not possible: they end the program the hard way then.
int openSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    const int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (descriptor >= 0) {
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
    }
    return descriptor;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("lunaris-kernel-monitor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(LUNARIS_VERSION));
    const auto parsed = parse(argc, argv);
    if (const int *status = std::get_if<int>(&parsed)) {
        return *status;
    }
    const auto &options = std::get<Options>(parsed);

    const int signalDescriptor = openSignals();
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Lunaris Kernel Monitor"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.lunaris.KernelMonitor"));
    QGuiApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("org.lunaris.KernelMonitor")));

    std::optional<QSocketNotifier> signalNotifier;
    if (signalDescriptor >= 0) {
        signalNotifier.emplace(signalDescriptor, QSocketNotifier::Read);
        QObject::connect(&*signalNotifier, &QSocketNotifier::activated, &application,
                         &QCoreApplication::quit);
    }

    lunaris::MonitorController controller(lunaris::connectToBus(options.bus), options.scope);
    const lunaris::MainWindow window(&controller);
    if (window.window() == nullptr) {
        return EXIT_FAILURE;
    }
    controller.start();
    return QGuiApplication::exec();
}
