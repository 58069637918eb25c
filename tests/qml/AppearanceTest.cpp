// SPDX-License-Identifier: MIT
#include "app/gui/Appearance.h"
#include "app/gui/Contrast.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;

/// The desktop's own file of its look: read, checked, followed; and colours made readable.
class AppearanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverything();
    void wrongValuesAreLeftOut_data();
    void wrongValuesAreLeftOut();
    void followsTheFile();
    void accentsAreReadable_data();
    void accentsAreReadable();
    void readableColoursStay();

private:
    static void write(const QString &file, const QByteArray &text)
    {
        QSaveFile saved(file); // replaces the file, as editors and desktops do
        QVERIFY(saved.open(QIODevice::WriteOnly));
        saved.write(text);
        QVERIFY(saved.commit());
    }

    const QTemporaryDir m_folder;
};

void AppearanceTest::readsEverything()
{
    const QString file = m_folder.filePath(QStringLiteral("everything.toml"));
    write(file, "[theme]\nmode = \"dark\"\n[overrides]\naccent = \"#FF8800\"\nradius_intensity = 0.5\n"
                "[fonts]\ninterface = \"Inter\"\nmonospace = \"Hack\"\nsize = 15\n"
                "[accessibility]\nreduce_motion = true\n[something]\nelse = 1\n");
    const Appearance appearance(file);
    QCOMPARE(appearance.mode(), Appearance::Mode::Dark);
    QVERIFY(appearance.hasAccent());
    QCOMPARE(appearance.radiusIntensity(), 0.5);
    QCOMPARE(appearance.interfaceFont(), QStringLiteral("Inter"));
    QCOMPARE(appearance.monospaceFont(), QStringLiteral("Hack"));
    QCOMPARE(appearance.fontSize(), 15);
    QVERIFY(appearance.reducesMotion());
}

void AppearanceTest::wrongValuesAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *text, const char *said) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(said);
    };
    row("[theme]\nmode = \"blue\"", "theme.mode");
    row("[theme]\nmode = 1", "theme.mode");
    row("theme = 1", nullptr);
    row("[overrides]\naccent = \"red\"", "overrides.accent");
    row("[overrides]\naccent = \"#12345\"", "overrides.accent");
    row("[overrides]\naccent = \"#123456\\n\"", "overrides.accent");
    row("[overrides]\nradius_intensity = 2.1", "radius_intensity");
    row("[overrides]\nradius_intensity = nan", "radius_intensity");
    row("[overrides]\nradius_intensity = \"1\"", "radius_intensity");
    row("[fonts]\ninterface = \" \"", "fonts.interface");
    row("[fonts]\nmonospace = 3", "fonts.monospace");
    row("[fonts]\nsize = 400", "fonts.size");
    row("[fonts]\nsize = -1", "fonts.size");
    row("[accessibility]\nreduce_motion = \"yes\"", "reduce_motion");
    row("[theme", "line 1");
    row("\xff\xfe", "line 1");
    QTest::newRow("endless") << QByteArray(70'000, '\n') + "[theme]\nmode=\"dark\"" << QByteArray("too long");
}

void AppearanceTest::wrongValuesAreLeftOut()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, said);
    const QString file = m_folder.filePath(QStringLiteral("wrong.toml"));
    write(file, text);
    if (!said.isEmpty()) {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QString::fromLatin1(said)));
    }
    const Appearance appearance(file);
    QCOMPARE(appearance.mode(), Appearance::Mode::Unknown);
    QVERIFY(!appearance.hasAccent());
    QCOMPARE(appearance.radiusIntensity(), 1.0);
    QVERIFY(appearance.interfaceFont().isEmpty());
    QVERIFY(appearance.monospaceFont().isEmpty());
    QCOMPARE(appearance.fontSize(), 0);
    QVERIFY(!appearance.reducesMotion());
}

void AppearanceTest::followsTheFile()
{
    // Neither the file nor its folder is there at first.
    const QString folder = m_folder.filePath(QStringLiteral("config/lunaris"));
    const QString file = folder + QStringLiteral("/appearance.toml");
    const Appearance appearance(file);
    QCOMPARE(appearance.mode(), Appearance::Mode::Unknown);
    QVERIFY(QDir().mkpath(folder));
    write(file, "[theme]\nmode = \"light\"\n");
    QTRY_COMPARE(appearance.mode(), Appearance::Mode::Light);
    write(file, "[theme]\nmode = \"dark\"\n");
    QTRY_COMPARE(appearance.mode(), Appearance::Mode::Dark);
    QFile inPlace(file);
    QVERIFY(inPlace.open(QIODevice::WriteOnly | QIODevice::Truncate));
    inPlace.write("[theme]\nmode = \"light\"\n");
    inPlace.close();
    QTRY_COMPARE(appearance.mode(), Appearance::Mode::Light);
    QVERIFY(QFile::remove(file));
    QTRY_COMPARE(appearance.mode(), Appearance::Mode::Unknown);
}

void AppearanceTest::accentsAreReadable_data()
{
    QTest::addColumn<QString>("accent");
    for (const char *accent : {"#ffffff", "#000000", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff",
                               "#ff00ff", "#808080", "#6366f1", "#e11d48", "#f59e0b"}) {
        QTest::newRow(accent) << QString::fromLatin1(accent);
    }
}

void AppearanceTest::accentsAreReadable()
{
    QFETCH(QString, accent);
    const QString file = m_folder.filePath(QStringLiteral("accent.toml"));
    write(file, "[overrides]\naccent = \"" + accent.toLatin1() + "\"\n");
    const Appearance appearance(file);
    QVERIFY(Contrast::ratio(appearance.accentUnder(Qt::white), Qt::white) >= 4.5);
    for (const auto &[one, other] :
         {std::pair(QColor(0x0a0a0a), QColor(0x1a1a1a)), std::pair(QColor(0xf0f0f0), QColor(0xffffff))}) {
        const QColor text = appearance.accentOn(one, other);
        QVERIFY(Contrast::ratio(text, one) >= 4.5);
        QVERIFY(Contrast::ratio(text, other) >= 4.5);
    }
}

void AppearanceTest::readableColoursStay()
{
    const QColor indigo(0x4f46e5);
    QCOMPARE(Contrast::adjusted(indigo, {Qt::white}, 4.5), indigo);
    QVERIFY(qAbs(Contrast::ratio(Qt::white, Qt::black) - 21) < 0.001);
    QVERIFY(qAbs(Contrast::ratio(QColor(0x777777), Qt::white) - 4.478) < 0.001);
    // The hue stays.
    QCOMPARE(Contrast::adjusted(Qt::yellow, {Qt::white}, 4.5).hslHue(), QColor(Qt::yellow).hslHue());
}

QTEST_MAIN(AppearanceTest)
#include "AppearanceTest.moc"
