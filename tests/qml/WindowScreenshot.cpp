// SPDX-License-Identifier: MIT
#include "app/gui/MonitorController.h"
#include "app/window/MainWindow.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QPalette>
#include <QQuickWindow>
#include <QTextStream>
#include <QTimer>
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
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption bus(QStringLiteral("bus"), QStringLiteral("system, session or a D-Bus address."),
                                 QStringLiteral("bus"), QStringLiteral("system"));
    const QCommandLineOption rows(QStringLiteral("rows"), QStringLiteral("Rows to wait for."),
                                  QStringLiteral("count"), QStringLiteral("1"));
    const QCommandLineOption output(QStringLiteral("output"), QStringLiteral("PNG file to write."),
                                    QStringLiteral("file"), QStringLiteral("window.png"));
    const QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("As on a dark desktop."));
    parser.addOptions({bus, rows, output, dark});
    parser.process(application);
    if (parser.isSet(dark)) {
        QGuiApplication::setPalette(QPalette(Qt::black));
    }

    lunaris::MonitorController controller(lunaris::connectToBus(parser.value(bus)),
                                          lunaris::dbus::scope::own);
    const lunaris::MainWindow main(&controller);
    QQuickWindow *const window = main.window();
    if (window == nullptr) {
        return complain(QStringLiteral("the window did not load"));
    }
    window->resize(1280, 760);

    const int wanted = parser.value(rows).toInt();
    int statistics = 0;
    const auto isReady = [&] {
        // The second statistics come a second after the first: no switch is in motion any more.
        return controller.rows()->total() >= wanted && statistics >= 2;
    };
    const auto look = [&] {
        if (isReady()) {
            // Let this batch be laid out first.
            QTimer::singleShot(0, &application, &QCoreApplication::quit);
        }
    };
    QObject::connect(&controller, &lunaris::MonitorController::statisticsChanged, &application, [&] {
        statistics += controller.areStatisticsKnown() ? 1 : 0;
        look();
    });
    QObject::connect(controller.rows(), &lunaris::EventWindow::viewChanged, &application, look);
    QTimer::singleShot(60s, &application, &QCoreApplication::quit);
    controller.start();
    QGuiApplication::exec();

    if (!isReady()) {
        return complain(
            QStringLiteral("after 60 s there are %1 of %2 rows (%3; statistics %4) %5")
                .arg(controller.rows()->total())
                .arg(wanted)
                .arg(controller.statusText(),
                     controller.areStatisticsKnown() ? QStringLiteral("known") : QStringLiteral("unknown"),
                     controller.problem()));
    }
    if (!window->grabWindow().save(parser.value(output))) {
        return complain(QStringLiteral("%1 could not be written").arg(parser.value(output)));
    }
    return EXIT_SUCCESS;
}
