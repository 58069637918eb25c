// SPDX-License-Identifier: MIT
#include "app/gui/Monitor.h"
#include "app/window/MainWindow.h"
#include "app/window/Translations.h"
#include "dbus/Names.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QPalette>
#include <QQuickWindow>
#include <QTextStream>
#include <QTimer>
#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace
{

int complain(const QString &sentence)
{
    QTextStream(stderr) << "window-screenshot: " << sentence << '\n';
    return EXIT_FAILURE;
}

} // namespace

/// Shows the real window on a bus and saves a picture of it as soon as it holds enough rows and
/// knows the statistics.
int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    const lunaris::Translations translations;
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption bus(QStringLiteral("bus"), QStringLiteral("system, session or a D-Bus address."),
                                 QStringLiteral("bus"), QStringLiteral("system"));
    const QCommandLineOption rows(QStringLiteral("rows"), QStringLiteral("Rows to wait for."),
                                  QStringLiteral("count"), QStringLiteral("1"));
    const QCommandLineOption output(QStringLiteral("output"), QStringLiteral("PNG file to write."),
                                    QStringLiteral("file"), QStringLiteral("window.png"));
    const QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("As on a dark desktop."));
    const QCommandLineOption page(QStringLiteral("page"), QStringLiteral("Page to show."),
                                  QStringLiteral("name"), QStringLiteral("live"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Of the window, as 1280x800."),
                                  QStringLiteral("size"), QStringLiteral("1280x800"));
    const QCommandLineOption filter(QStringLiteral("filter"), QStringLiteral("Filter of the live page."),
                                    QStringLiteral("filter"));
    const QCommandLineOption details(QStringLiteral("details"),
                                     QStringLiteral("With the details of a row in the middle."));
    const QCommandLineOption seconds(QStringLiteral("seconds"),
                                     QStringLiteral("Statistics to wait for, 2 or more."),
                                     QStringLiteral("count"), QStringLiteral("2"));
    parser.addOptions({bus, rows, output, dark, page, size, filter, details, seconds});
    parser.process(application);
    if (parser.isSet(dark)) {
        QGuiApplication::setPalette(QPalette(Qt::black));
    }

    lunaris::Monitor monitor(parser.value(bus), lunaris::dbus::scope::own);
    monitor.navigation()->setPage(parser.value(page));
    monitor.live()->filter()->use(parser.value(filter));
    lunaris::EventWindow *const view = monitor.live()->rows();
    const lunaris::MainWindow main(&monitor);
    QQuickWindow *const window = main.window();
    if (window == nullptr) {
        return complain(QStringLiteral("the window did not load"));
    }
    const QStringList sides = parser.value(size).split(QLatin1Char('x'));
    if (sides.size() != 2 || sides.constFirst().toInt() <= 0 || sides.constLast().toInt() <= 0) {
        return complain(QStringLiteral("“%1” is no size").arg(parser.value(size)));
    }
    window->resize(sides.constFirst().toInt(), sides.constLast().toInt());

    const int wanted = parser.value(rows).toInt();
    // The second statistics come a second after the first: nothing is in motion any more.
    const int looks = std::max(2, parser.value(seconds).toInt());
    int statistics = 0;
    const auto isReady = [&] { return view->total() >= wanted && statistics >= looks; };
    const auto look = [&] {
        if (isReady()) {
            // Let this batch be laid out first.
            QTimer::singleShot(0, &application, &QCoreApplication::quit);
        }
    };
    QObject::connect(monitor.statistics(), &lunaris::MonitorStatistics::changed, &application, [&] {
        statistics += monitor.statistics()->areKnown() ? 1 : 0;
        look();
    });
    QObject::connect(view, &lunaris::EventWindow::viewChanged, &application, look);
    QTimer::singleShot(60s, &application, &QCoreApplication::quit);
    monitor.start();
    QGuiApplication::exec();

    if (!isReady()) {
        return complain(
            QStringLiteral("after 60 s there are %1 of %2 rows (%3; statistics %4) %5")
                .arg(view->total())
                .arg(wanted)
                .arg(monitor.controller()->statusText(),
                     monitor.statistics()->areKnown() ? QStringLiteral("known") : QStringLiteral("unknown"),
                     monitor.controller()->problem()));
    }
    if (parser.isSet(details)) {
        monitor.live()->setFrozen(true);
        monitor.live()->details()->setActive(true);
        view->setCurrent(static_cast<int>(view->shown()->numbers().size() / 2));
        QObject::connect(monitor.live()->details(), &lunaris::EventDetails::relatedChanged, &application,
                         [] { QTimer::singleShot(0, &QCoreApplication::quit); });
        QGuiApplication::exec();
    }
    if (!window->grabWindow().save(parser.value(output))) {
        return complain(QStringLiteral("%1 could not be written").arg(parser.value(output)));
    }
    return EXIT_SUCCESS;
}
