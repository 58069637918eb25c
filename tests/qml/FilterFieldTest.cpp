// SPDX-License-Identifier: MIT
#include "app/gui/FilterField.h"

#include "tests/qml/SettingsFile.h"

#include <QSignalSpy>
#include <QTest>

using namespace lunaris;

class FilterFieldTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesIntoForceAfterARest();
    void appliesAtOnce();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void narrows_data();
    void narrows();
    void completes();
    void remembers();
};

void FilterFieldTest::comesIntoForceAfterARest()
{
    test::SettingsFile file;
    FilterField field(file.settings());
    QSignalSpy applied(&field, &FilterField::applied);
    for (const char *typed : {"g", "gi", "git"}) {
        field.setText(QLatin1String(typed));
    }
    QCOMPARE(applied.size(), 0);
    QTRY_COMPARE(applied.size(), 1);
    QCOMPARE(field.filter().text(), QStringLiteral("git"));
    QVERIFY(field.history().isEmpty());    // half-typed words are no history
    field.setText(QStringLiteral("git ")); // is the same
    field.apply();
    QCOMPARE(applied.size(), 1);
}

void FilterFieldTest::appliesAtOnce()
{
    test::SettingsFile file;
    FilterField field(file.settings());
    QSignalSpy applied(&field, &FilterField::applied);
    QVERIFY(field.use(QStringLiteral("pid == 1")));
    QCOMPARE(applied.size(), 1);
    QVERIFY(!field.use(QStringLiteral("pid ==")));
    QCOMPARE(applied.size(), 1);
    QCOMPARE(field.filter().text(), QStringLiteral("pid == 1")); // the last that could be used
    QVERIFY(field.use(QString()));
    QVERIFY(field.filter().passesEverything());
}

void FilterFieldTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("start");
    QTest::addColumn<int>("length");
    QTest::newRow("fine") << "comm == cat" << 0 << 0;
    QTest::newRow("unknown word of a set") << "result == ENOPE" << 10 << 5;
    QTest::newRow("in characters, not bytes") << "comm == \"Größe\" and pid == x" << 27 << 1;
    QTest::newRow("missing") << "pid == " << 7 << 0;
    QTest::newRow("pattern") << "path matches \"(\"" << 13 << 3;
}

void FilterFieldTest::saysWhatIsWrong()
{
    QFETCH(QString, text);
    QFETCH(int, length);
    test::SettingsFile file;
    FilterField field(file.settings());
    field.setText(text);
    QTEST(field.problemStart(), "start");
    QCOMPARE(field.problemLength(), length);
    const bool fine = text == QLatin1String("comm == cat");
    QCOMPARE(field.isValid(), fine);
    QCOMPARE(field.problem().isEmpty(), fine);
    if (!fine) {
        QVERIFY(field.problem().contains(QString::number(field.problemStart() + 1)));
    }
}

void FilterFieldTest::narrows_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("nothing") << ""
                             << "pid == 1";
    QTest::newRow("a term") << "git"
                            << "git and pid == 1";
    QTest::newRow("terms") << "git and firefox"
                           << "git and firefox and pid == 1";
    QTest::newRow("alternatives") << "git or firefox"
                                  << "(git or firefox) and pid == 1";
    QTest::newRow("not") << "not git"
                         << "not git and pid == 1";
}

void FilterFieldTest::narrows()
{
    QFETCH(QString, before);
    test::SettingsFile file;
    FilterField field(file.settings());
    QVERIFY(field.use(before));
    QVERIFY(field.narrow(QStringLiteral("pid == 1")));
    QTEST(field.text(), "after");
    QCOMPARE(field.filter().text(), field.text());
}

void FilterFieldTest::completes()
{
    test::SettingsFile file;
    FilterField field(file.settings());
    const auto candidates = [&field](int cursor) {
        return field.completion(cursor).value(QStringLiteral("candidates")).toStringList();
    };
    field.setText(QStringLiteral("ty"));
    QCOMPARE(candidates(2), QStringList(QStringLiteral("type")));
    field.setText(QStringLiteral("comm == \"ä\" and typ"));
    const QVariantMap found = field.completion(19);
    QCOMPARE(found.value(QStringLiteral("start")).toInt(), 16);
    QCOMPARE(found.value(QStringLiteral("candidates")).toStringList(), QStringList(QStringLiteral("type")));
    QVERIFY(candidates(0).contains(QStringLiteral("path")));
    field.setText(QStringLiteral("type == file.w"));
    QCOMPARE(candidates(14), QStringList(QStringLiteral("file.written")));
}

void FilterFieldTest::remembers()
{
    test::SettingsFile file;
    {
        FilterField field(file.settings());
        for (int number = 0; number < 60; ++number) {
            field.use(QStringLiteral("pid == %1").arg(number));
        }
        field.use(QStringLiteral("pid == 50"));
        field.use(QString());
        field.use(QStringLiteral("pid =="));
        QCOMPARE(field.history().size(), FilterField::longestHistory);
    }
    file.reopen();
    const FilterField again(file.settings());
    QCOMPARE(again.history().size(), FilterField::longestHistory);
    QCOMPARE(again.history().constFirst(), QStringLiteral("pid == 50"));
    QCOMPARE(again.history().count(QStringLiteral("pid == 50")), 1);
}

QTEST_GUILESS_MAIN(FilterFieldTest)
#include "FilterFieldTest.moc"
