// SPDX-License-Identifier: MIT
#include "app/window/Translations.h"
#include "tests/qml/LetterSize.h"
#include "tests/qml/WindowScenes.h"

#include <QLocale>
#include <QScopeGuard>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace lunaris;

/// Pictures of every page, for people to look at, and what can be said of them without eyes: that there is
/// something on them, and that every text can be read.
class WindowPicturesTest : public test::WindowScenes
{
    Q_OBJECT

private Q_SLOTS:
    void pictures_data();
    void pictures();
    void textsCanBeRead_data();
    void textsCanBeRead();
    void largeTextsCanBeRead_data();
    void largeTextsCanBeRead();
    void germanTextsCanBeRead_data();
    void germanTextsCanBeRead();
    void onePageAfterAnother();
};

void WindowPicturesTest::pictures_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    for (const QString &page : pages()) {
        for (const bool dark : {false, true}) {
            for (const QSize size : {QSize(1280, 800), QSize(800, 600)}) {
                QTest::addRow("%s-%s-%dx%d", qPrintable(page), dark ? "dark" : "light", size.width(),
                              size.height())
                    << page << dark << size;
            }
        }
    }
}

void WindowPicturesTest::pictures()
{
    QFETCH(QString, page);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    m_look = dark ? Settings::Look::Dark : Settings::Look::Light;
    stage(page, size);
    if (QTest::currentTestFailed()) {
        return;
    }
    const QImage picture = m_window->grabWindow();
    QCOMPARE(picture.size(), size);
    QSet<QRgb> colors;
    for (int y = 0; y < picture.height(); y += 3) {
        for (int x = 0; x < picture.width(); x += 3) {
            colors.insert(picture.pixel(x, y));
        }
    }
    // A ground, cards, borders, and the greys at the edges of letters.
    QVERIFY2(colors.size() > 60, qPrintable(QString::number(colors.size())));
    QCOMPARE(QColor(picture.pixel(size.width() / 2, 4)).lightnessF() < 0.5, dark);

    QVERIFY(savePicture(QString::fromUtf8(QTest::currentDataTag())));
}

void WindowPicturesTest::textsCanBeRead_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<QSize>("size");
    for (const QString &scene : scenes()) {
        for (const QSize size : {QSize(1280, 800), QSize(800, 600)}) {
            QTest::addRow("%s-%dx%d", qPrintable(scene), size.width(), size.height()) << scene << size;
        }
    }
}

void WindowPicturesTest::textsCanBeRead()
{
    QFETCH(QString, scene);
    QFETCH(QSize, size);
    stage(scene, size);
    if (QTest::currentTestFailed()) {
        return;
    }
    checkTexts();
}

void WindowPicturesTest::largeTextsCanBeRead_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<int>("size");
    for (const QString &scene : scenes()) {
        QTest::addRow("%s, 1.5 times", qPrintable(scene)) << scene << 20;
        QTest::addRow("%s, 2 times", qPrintable(scene)) << scene << 26;
    }
}

/// In the smallest window, for who has set larger letters for all of the desktop.
void WindowPicturesTest::largeTextsCanBeRead()
{
    QFETCH(QString, scene);
    QFETCH(int, size);
    const test::LetterSize large(size);
    stage(scene, {800, 600});
    if (QTest::currentTestFailed()) {
        return;
    }
    QCOMPARE(item("statusText")->property("font").value<QFont>().pixelSize(), size - 1);
    if (pages().contains(scene)) {
        QVERIFY(savePicture(QStringLiteral("%1-text-%2").arg(scene).arg(size)));
    }
    checkTexts();
}

void WindowPicturesTest::germanTextsCanBeRead_data()
{
    QTest::addColumn<QString>("scene");
    for (const QString &scene : scenes()) {
        QTest::newRow(qPrintable(scene)) << scene;
    }
}

/// Its words are longer.
void WindowPicturesTest::germanTextsCanBeRead()
{
    QFETCH(QString, scene);
    const QLocale before;
    const auto restore = qScopeGuard([&before] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    const Translations german{QLocale()};
    stage(scene, {800, 600});
    if (QTest::currentTestFailed()) {
        return;
    }
    QCOMPARE(item("summaryTab")->property("text").toString(), QStringLiteral("Übersicht"));
    if (pages().contains(scene)) {
        QVERIFY(savePicture(scene + QStringLiteral("-german")));
    }
    checkTexts();
}

/// All in one window, while numbers come and go: other sizes, other colours, and each time the next news.
void WindowPicturesTest::onePageAfterAnother()
{
    stage(QStringLiteral("live"));
    if (QTest::currentTestFailed()) {
        return;
    }
    quint64 lost = 0;
    for (const QSize size : {QSize(800, 600), QSize(1280, 800)}) {
        for (const QString &page : Navigation::pages()) {
            const bool dark = ++lost % 2 == 0;
            m_monitor->settings()->setLook(dark ? Settings::Look::Dark : Settings::Look::Light);
            m_window->resize(size);
            go(page);
            // Rows of the funnel appear and go again.
            m_helper->setStatistics(
                {{QStringLiteral("seen"), 1000}, {QStringLiteral("lost"), dark ? lost : 0}});
            send(20);
            QSignalSpy news(m_monitor->statistics(), &MonitorStatistics::changed);
            QVERIFY2(news.wait(10'000), qPrintable(page));
            QTRY_COMPARE(m_monitor->statistics()->lost(), dark ? static_cast<double>(lost) : 0.0);
            const QImage picture = m_window->grabWindow();
            QCOMPARE(picture.size(), size);
            QCOMPARE(QColor(picture.pixel(size.width() / 2, 4)).lightnessF() < 0.5, dark);
        }
    }
}

QTEST_MAIN(WindowPicturesTest)
#include "WindowPicturesTest.moc"
