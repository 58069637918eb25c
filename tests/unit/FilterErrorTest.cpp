// SPDX-License-Identifier: MIT
#include "tests/unit/WrongFilters.h"

#include <QTest>
#include <QUtf8StringView>

using namespace lunaris;
using namespace lunaris::test;

namespace
{

void addRows(const QList<WrongFilter> &filters)
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("position");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("sentence");
    for (const WrongFilter &filter : filters) {
        QTest::newRow(filter.name.constData())
            << filter.text << filter.position << filter.length << filter.sentence;
    }
}

} // namespace

class FilterErrorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void positions_data();
    void positions();
    void limits_data();
    void limits();
    void globsWithoutPatternAreNotCounted();
    void theMessageIsOneSentence();
};

void FilterErrorTest::positions_data()
{
    addRows(wrongFilters());
}

void FilterErrorTest::positions()
{
    QFETCH(QByteArray, text);
    QFETCH(quint64, position);
    QFETCH(quint64, length);
    QFETCH(QByteArray, sentence);
    const std::optional<filter::Error> error = problemOf(text);
    QVERIFY(error);
    QCOMPARE(QByteArray::fromStdString(error->sentence.english()), sentence);
    QCOMPARE(quint64(error->at.position), position);
    QCOMPARE(quint64(error->at.length), length);
}

void FilterErrorTest::limits_data()
{
    addRows(filtersBeyondLimits());
}

void FilterErrorTest::limits()
{
    positions();
}

void FilterErrorTest::globsWithoutPatternAreNotCounted()
{
    QVERIFY(!problemOf(QByteArray("name glob a* ").repeated(9)));
}

void FilterErrorTest::theMessageIsOneSentence()
{
    const auto messageOf = [](const char *text) { return problemOf(text)->message(); };
    QCOMPARE(messageOf("uid == 0 or pid == abc"),
             std::string("At byte 19: expected a number after `pid ==`."));
    // What a sentence repeats can be printed and sent, whatever it was.
    const std::string hostile = messageOf("\xff\xe2\x80\xae\x1b == 1");
    QVERIFY(QUtf8StringView(hostile.data(), qsizetype(hostile.size())).isValidUtf8());
    QCOMPARE(messageOf("\xff\xe2\x80\xaeyz == 1"),
             std::string("At byte 0: there is no field `\\xff\\xe2\\x80\\xaeyz`."));
}

QTEST_GUILESS_MAIN(FilterErrorTest)
#include "FilterErrorTest.moc"
