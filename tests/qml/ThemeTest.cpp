// SPDX-License-Identifier: MIT
#include "app/gui/Appearance.h"
#include "app/gui/HighlightRules.h"
#include "app/gui/Settings.h"

#include <QColor>
#include <QGuiApplication>
#include <QPalette>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTemporaryFile>
#include <QTest>
#include <QtPlugin>
#include <algorithm>
#include <cmath>
#include <memory>

Q_IMPORT_PLUGIN(org_lunaris_KernelMonitorPlugin)
Q_IMPORT_PLUGIN(org_lunaris_KernelMonitor_GuiPlugin)

namespace
{

/// WCAG 2.1, relative luminance.
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2.1, contrast ratio.
double contrast(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

/// What one can read: every colour of text on every surface that it is used on.
class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void followsTheSystem();
    void contrast_data();
    void contrast();
    void highlightsAreReadable();
    void theChoiceBeatsTheSystem();
    void accentsStayReadable_data();
    void accentsStayReadable();

private:
    QColor color(const char *token) const { return m_theme->property(token).value<QColor>(); }

    QQmlEngine m_engine;
    QObject *m_theme = nullptr;
    QObject *m_highlights = nullptr;
    std::unique_ptr<QObject> m_holder;
};

void ThemeTest::initTestCase()
{
    QQmlComponent component(&m_engine);
    component.setData(
        "import QtQuick\nimport org.lunaris.KernelMonitor\n"
        "QtObject { property QtObject theme: Theme; property QtObject highlights: HighlightColors }",
        QUrl());
    m_holder.reset(component.create());
    QVERIFY2(m_holder != nullptr, qPrintable(component.errorString()));
    m_theme = m_holder->property("theme").value<QObject *>();
    QVERIFY(m_theme != nullptr);
    m_highlights = m_holder->property("highlights").value<QObject *>();
    QVERIFY(m_highlights != nullptr);
}

void ThemeTest::followsTheSystem()
{
    QGuiApplication::setPalette(QPalette(Qt::black));
    QTRY_VERIFY(m_theme->property("dark").toBool());
    QCOMPARE(color("app"), QColor(QStringLiteral("#0f0f0f")));
    QGuiApplication::setPalette(QPalette(Qt::white));
    QTRY_VERIFY(!m_theme->property("dark").toBool());
    QCOMPARE(color("app"), QColor(QStringLiteral("#ffffff")));
}

void ThemeTest::contrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("surface");
    for (const bool dark : {false, true}) {
        const auto row = [dark](const char *text, const char *surface) {
            QTest::addRow("%s: %s on %s", dark ? "dark" : "light", text, surface)
                << dark << QByteArray(text) << QByteArray(surface);
        };
        for (const char *surface : {"shell", "app", "card", "input", "rowHover", "rowCurrent"}) {
            row("text", surface);
            row("textSecondary", surface);
        }
        for (const char *tone : {"warning", "error", "success"}) {
            row(tone, "shell");
            row(tone, "app");
        }
        for (const char *surface : {"shell", "app", "card", "input"}) {
            row("accentText", surface);
        }
        row("warning", "card");
        row("error", "card");
        row("textOnAccent", "accent");
        row("textOnAccent", "accentHover");
    }
}

void ThemeTest::contrast()
{
    QFETCH(bool, dark);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, surface);
    QGuiApplication::setPalette(QPalette(dark ? Qt::black : Qt::white));
    QTRY_COMPARE(m_theme->property("dark").toBool(), dark);
    QVERIFY(color(text).isValid() && color(surface).isValid());
    const double ratio = ::contrast(color(text), color(surface));
    QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 : 1").arg(ratio)));
}

void ThemeTest::highlightsAreReadable()
{
    for (const bool dark : {false, true}) {
        QGuiApplication::setPalette(QPalette(dark ? Qt::black : Qt::white));
        QTRY_COMPARE(m_theme->property("dark").toBool(), dark);
        for (const QString &name : lunaris::HighlightRules::colors()) {
            QColor ground;
            QVERIFY(QMetaObject::invokeMethod(m_highlights, "ground", Q_RETURN_ARG(QColor, ground),
                                              Q_ARG(QString, name)));
            QVERIFY2(ground.alpha() == 255 && ground != color("app"), qPrintable(name));
            for (const char *text : {"text", "textSecondary"}) {
                const double ratio = ::contrast(color(text), ground);
                QVERIFY2(ratio >= 4.5,
                         qPrintable(QStringLiteral("%1, dark %2: %3 : 1").arg(name).arg(dark).arg(ratio)));
            }
        }
    }
}

void ThemeTest::theChoiceBeatsTheSystem()
{
    QGuiApplication::setPalette(QPalette(Qt::black));
    QTRY_VERIFY(m_theme->property("dark").toBool());
    m_theme->setProperty("look", static_cast<int>(lunaris::Settings::Look::Light));
    QVERIFY(!m_theme->property("dark").toBool());
    m_theme->setProperty("look", static_cast<int>(lunaris::Settings::Look::System));
    QVERIFY(m_theme->property("dark").toBool());
}

void ThemeTest::accentsStayReadable_data()
{
    QTest::addColumn<QByteArray>("accent");
    QTest::addColumn<bool>("dark");
    for (const char *accent : {"#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#6366f1"}) {
        QTest::addRow("%s dark", accent) << QByteArray(accent) << true;
        QTest::addRow("%s light", accent) << QByteArray(accent) << false;
    }
}

void ThemeTest::accentsStayReadable()
{
    QFETCH(QByteArray, accent);
    QFETCH(bool, dark);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("[overrides]\naccent = \"" + accent +
               "\"\nradius_intensity = 0.5\n[fonts]\nsize = 36\n"
               "[accessibility]\nreduce_motion = true\n[theme]\nmode = \"" +
               (dark ? "dark" : "light") + "\"\n");
    file.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("fonts.size")));
    lunaris::Appearance appearance(file.fileName());
    const QVariant usual = m_theme->property("appearance");
    m_theme->setProperty("appearance", QVariant::fromValue(&appearance));
    const auto restore = qScopeGuard([&] { m_theme->setProperty("appearance", usual); });
    QCOMPARE(m_theme->property("dark").toBool(), dark);
    QCOMPARE(m_theme->property("radiusButton").toDouble(), 3.0);
    QCOMPARE(m_theme->property("motion").toInt(), 0);
    const auto verify = [this](const char *text, const char *surface) {
        const double ratio = ::contrast(color(text), color(surface));
        QVERIFY2(
            ratio >= 4.5,
            qPrintable(
                QStringLiteral("%1 on %2: %3").arg(QLatin1String(text), QLatin1String(surface)).arg(ratio)));
    };
    verify("textOnAccent", "accent");
    verify("textOnAccent", "accentHover");
    for (const char *surface : {"shell", "app", "card", "input"}) {
        verify("accentText", surface);
    }
    for (const char *text : {"text", "textSecondary"}) {
        verify(text, "rowCurrent");
    }
}

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
