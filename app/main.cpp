// SPDX-License-Identifier: MIT
#include "app/gui/Monitor.h"
#include "app/window/MainWindow.h"
#include "app/window/SingleInstance.h"
#include "app/window/Translations.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "dbus/filter/Expression.h"
#include "process/TerminationSignal.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QGuiApplication>
#include <QIcon>
#include <QTextStream>
#include <variant>

namespace
{

constexpr int usageError = 2;

struct Options {
    QString bus;
    QString scope;
    QString page;
    QString capture;
    QString filter;
};

QString refused(const QCommandLineParser &parser, const Options &options)
{
    if (!parser.positionalArguments().isEmpty()) {
        return QStringLiteral("“%1” is not an option; --help lists them.")
            .arg(parser.positionalArguments().constFirst());
    }
    if (!options.scope.isEmpty() && !lunaris::dbus::scope::isOne(options.scope)) {
        return QStringLiteral("--scope takes “own” or “all”, not “%1”.").arg(options.scope);
    }
    const QStringList &pages = lunaris::Navigation::pages();
    if (!options.page.isEmpty() && !pages.contains(options.page)) {
        return QStringLiteral("There is no page “%1”; there are: %2.")
            .arg(options.page, pages.join(QStringLiteral(", ")));
    }
    if (parser.isSet(QStringLiteral("capture")) && !QFileInfo(options.capture).isFile()) {
        return QStringLiteral("--capture: there is no file “%1”.").arg(options.capture);
    }
    const auto filter = lunaris::filter::parse(options.filter.toStdString());
    if (const auto *const error = std::get_if<lunaris::filter::Error>(&filter)) {
        return QStringLiteral("--filter: %1").arg(QString::fromStdString(error->message()));
    }
    if (const auto problem = lunaris::problemWithBus(options.bus)) {
        return *problem;
    }
    return {};
}

/// The keys of what a second start tells the first.
constexpr QLatin1String scopeKey{"scope"};
constexpr QLatin1String pageKey{"page"};
constexpr QLatin1String filterKey{"filter"};
constexpr QLatin1String captureKey{"capture"};
constexpr QLatin1String tokenKey{"activation-token"};

QVariantMap requestOf(const Options &options)
{
    QVariantMap request = {{tokenKey, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")}};
    if (!options.scope.isEmpty()) {
        request.insert(scopeKey, options.scope);
    }
    if (!options.page.isEmpty()) {
        request.insert(pageKey, options.page);
    }
    if (!options.filter.isEmpty()) {
        request.insert(filterKey, options.filter);
    }
    if (!options.capture.isEmpty()) {
        request.insert(captureKey, QFileInfo(options.capture).absoluteFilePath());
    }
    return request;
}

/// What a start asks for but for the scope: the first start's is the one that the monitor begins with.
void fulfil(const QVariantMap &request, lunaris::Monitor &monitor)
{
    monitor.navigation()->setPage(request.value(pageKey).toString());
    if (const QString filter = request.value(filterKey).toString(); !filter.isEmpty()) {
        monitor.live()->filter()->use(filter);
    }
    if (const QString capture = request.value(captureKey).toString(); !capture.isEmpty()) {
        monitor.files()->openFile(capture);
    }
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
    const QCommandLineOption scope(
        QStringLiteral("scope"),
        QStringLiteral("Whose activity to show: own or all; without it as set in the window."),
        QStringLiteral("scope"));
    const QStringList &pages = lunaris::Navigation::pages();
    const QCommandLineOption page(
        QStringLiteral("page"),
        QStringLiteral("Which page to show first: %1.").arg(pages.join(QStringLiteral(", "))),
        QStringLiteral("name"));
    const QCommandLineOption capture(QStringLiteral("capture"),
                                     QStringLiteral("A capture to show in the place of what is live."),
                                     QStringLiteral("file"));
    const QCommandLineOption filter(
        QStringLiteral("filter"),
        QStringLiteral("What of the events to show first; see lunaris-kernel-filter(7)."),
        QStringLiteral("filter"));
    parser.addOptions({bus, scope, page, capture, filter});

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
    const Options options{parser.value(bus), parser.value(scope), parser.value(page), parser.value(capture),
                          parser.value(filter)};
    if (complaint.isEmpty()) {
        complaint = refused(parser, options);
    }
    if (!complaint.isEmpty()) {
        QTextStream(stderr) << QCoreApplication::applicationName() << ": " << complaint << '\n';
        return usageError;
    }
    return options;
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

    lunaris::TerminationSignal::block(); // before the threads of the window system
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Lunaris Kernel Monitor"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.lunaris.KernelMonitor"));
    QGuiApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("org.lunaris.KernelMonitor")));

    const lunaris::Translations translations;

    // Who names a helper of his own wants a window of its own.
    lunaris::SingleInstance instance(options.bus == QLatin1String("system")
                                         ? QDBusConnection::sessionBus()
                                         : QDBusConnection(QStringLiteral("none")));
    if (!instance.isFirst(requestOf(options))) {
        return EXIT_SUCCESS;
    }

    const lunaris::TerminationSignal termination;
    QObject::connect(&termination, &lunaris::TerminationSignal::received, &application,
                     &QCoreApplication::quit);

    lunaris::Monitor monitor(options.bus, options.scope);
    fulfil(requestOf(options), monitor);
    lunaris::MainWindow window(&monitor);
    if (window.window() == nullptr) {
        return EXIT_FAILURE;
    }
    QObject::connect(&instance, &lunaris::SingleInstance::activated, &monitor,
                     [&monitor, &window](const QVariantMap &request) {
                         fulfil(request, monitor);
                         const QString scope = request.value(scopeKey).toString();
                         if (lunaris::dbus::scope::isOne(scope)) {
                             monitor.scope()->start(scope);
                         }
                         window.comeToFront(request.value(tokenKey).toString());
                     });
    monitor.start();
    return QGuiApplication::exec();
}
