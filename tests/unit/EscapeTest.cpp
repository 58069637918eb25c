// SPDX-License-Identifier: MIT
#include "proto/Escape.h"

#include <QByteArray>
#include <QTest>
#include <QUtf8StringView>
#include <random>

using namespace lunaris;

namespace
{

QByteArray utf8(const QByteArray &bytes)
{
    return QByteArray::fromStdString(proto::toUtf8(bytes.toStdString()));
}

QByteArray printable(const QByteArray &bytes)
{
    return QByteArray::fromStdString(proto::toPrintable(bytes.toStdString()));
}

bool isValid(const QByteArray &text)
{
    return QUtf8StringView(text.constData(), text.size()).isValidUtf8();
}

} // namespace

class EscapeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validTextIsKept_data();
    void validTextIsKept();
    void otherBytesAreEscaped_data();
    void otherBytesAreEscaped();
    void screensAreSafe_data();
    void screensAreSafe();
    void everyByteAlone();
    void everyCodePoint();
    void resultsAreAlwaysValid();
    void whatIsValidIsNotCopied();
    void bothWaysAgree();
    void whatIsEscapedComesBack();
    void onlyWholeEscapesAreBytes_data();
    void onlyWholeEscapesAreBytes();
};

void EscapeTest::validTextIsKept_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ASCII") << QByteArray("/etc/hosts ~!@#$%^&*()'\"\\");
    QTest::newRow("a backslash stays") << QByteArray("\\x41");
    QTest::newRow("two bytes") << QByteArray("caf\xc3\xa9");
    QTest::newRow("three bytes") << QByteArray("\xe6\x97\xa5\xe6\x9c\xac");
    QTest::newRow("four bytes") << QByteArray("\xf0\x9f\x90\xa7");
    QTest::newRow("U+0080's successor A0") << QByteArray("\xc2\xa0");
    QTest::newRow("U+07FF") << QByteArray("\xdf\xbf");
    QTest::newRow("U+0800") << QByteArray("\xe0\xa0\x80");
    QTest::newRow("U+D7FF") << QByteArray("\xed\x9f\xbf");
    QTest::newRow("U+E000") << QByteArray("\xee\x80\x80");
    QTest::newRow("U+FFFF") << QByteArray("\xef\xbf\xbf");
    QTest::newRow("U+10000") << QByteArray("\xf0\x90\x80\x80");
    QTest::newRow("U+10FFFF") << QByteArray("\xf4\x8f\xbf\xbf");
}

void EscapeTest::validTextIsKept()
{
    QFETCH(QByteArray, text);
    QCOMPARE(utf8(text), text);
    QCOMPARE(printable(text), text);
}

void EscapeTest::otherBytesAreEscaped_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("lone FF") << QByteArray("a\xff"
                                           "b")
                             << QByteArray("a\\xffb");
    QTest::newRow("lone continuation") << QByteArray("\x80") << QByteArray("\\x80");
    QTest::newRow("two continuations") << QByteArray("\x80\xbf") << QByteArray("\\x80\\xbf");
    QTest::newRow("overlong NUL") << QByteArray("\xc0\x80") << QByteArray("\\xc0\\x80");
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << QByteArray("\\xc0\\xaf");
    QTest::newRow("overlong C1") << QByteArray("\xc1\xbf") << QByteArray("\\xc1\\xbf");
    QTest::newRow("overlong, three bytes") << QByteArray("\xe0\x80\xaf") << QByteArray("\\xe0\\x80\\xaf");
    QTest::newRow("overlong, U+07FF in three") << QByteArray("\xe0\x9f\xbf") << QByteArray("\\xe0\\x9f\\xbf");
    QTest::newRow("overlong, four bytes")
        << QByteArray("\xf0\x80\x80\xaf") << QByteArray("\\xf0\\x80\\x80\\xaf");
    QTest::newRow("overlong, U+FFFF in four")
        << QByteArray("\xf0\x8f\xbf\xbf") << QByteArray("\\xf0\\x8f\\xbf\\xbf");
    QTest::newRow("first surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\\xed\\xa0\\x80");
    QTest::newRow("last surrogate") << QByteArray("\xed\xbf\xbf") << QByteArray("\\xed\\xbf\\xbf");
    QTest::newRow("a pair of surrogates")
        << QByteArray("\xed\xa0\xbd\xed\xb0\xa7") << QByteArray("\\xed\\xa0\\xbd\\xed\\xb0\\xa7");
    QTest::newRow("U+110000") << QByteArray("\xf4\x90\x80\x80") << QByteArray("\\xf4\\x90\\x80\\x80");
    QTest::newRow("F5") << QByteArray("\xf5\x80\x80\x80") << QByteArray("\\xf5\\x80\\x80\\x80");
    QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80")
                                << QByteArray("\\xf8\\x88\\x80\\x80\\x80");
    QTest::newRow("FE") << QByteArray("\xfe") << QByteArray("\\xfe");
    QTest::newRow("cut at the end, of two") << QByteArray("a\xc3") << QByteArray("a\\xc3");
    QTest::newRow("cut at the end, of three") << QByteArray("a\xe6\x97") << QByteArray("a\\xe6\\x97");
    QTest::newRow("cut at the end, of four") << QByteArray("a\xf0\x9f\x90") << QByteArray("a\\xf0\\x9f\\x90");
    QTest::newRow("cut by a letter") << QByteArray("\xe6\x97z") << QByteArray("\\xe6\\x97z");
    QTest::newRow("cut by a whole one") << QByteArray("\xe6\xc3\xa9") << QByteArray("\\xe6\xc3\xa9");
    QTest::newRow("one continuation too many") << QByteArray("\xc3\xa9\xa9") << QByteArray("\xc3\xa9\\xa9");
    QTest::newRow("Latin-1") << QByteArray("caf\xe9.txt") << QByteArray("caf\\xe9.txt");
}

void EscapeTest::otherBytesAreEscaped()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(utf8(bytes), text);
    QCOMPARE(printable(bytes), text);
}

void EscapeTest::screensAreSafe_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("newline") << QByteArray("a\nb") << QByteArray("a\\x0ab");
    QTest::newRow("carriage return") << QByteArray("a\rb") << QByteArray("a\\x0db");
    QTest::newRow("tab") << QByteArray("\t") << QByteArray("\\x09");
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << QByteArray("a\\x00b");
    QTest::newRow("clear screen") << QByteArray("\x1b[2J") << QByteArray("\\x1b[2J");
    QTest::newRow("set the title") << QByteArray("\x1b]0;x\x07") << QByteArray("\\x1b]0;x\\x07");
    QTest::newRow("DEL") << QByteArray("\x7f") << QByteArray("\\x7f");
    QTest::newRow("C1: CSI") << QByteArray("\xc2\x9b"
                                           "2J")
                             << QByteArray("\\xc2\\x9b2J");
    QTest::newRow("C1: first") << QByteArray("\xc2\x80") << QByteArray("\\xc2\\x80");
    QTest::newRow("C1: NEL") << QByteArray("\xc2\x85") << QByteArray("\\xc2\\x85");
    QTest::newRow("raw CSI byte") << QByteArray("\x9b"
                                                "2J")
                                  << QByteArray("\\x9b2J");
    QTest::newRow("Arabic letter mark") << QByteArray("\xd8\x9c") << QByteArray("\\xd8\\x9c");
    QTest::newRow("LRM") << QByteArray("\xe2\x80\x8e") << QByteArray("\\xe2\\x80\\x8e");
    QTest::newRow("RLM") << QByteArray("\xe2\x80\x8f") << QByteArray("\\xe2\\x80\\x8f");
    QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QByteArray("\\xe2\\x80\\xa8");
    QTest::newRow("paragraph separator") << QByteArray("\xe2\x80\xa9") << QByteArray("\\xe2\\x80\\xa9");
    QTest::newRow("LRE") << QByteArray("\xe2\x80\xaa") << QByteArray("\\xe2\\x80\\xaa");
    QTest::newRow("RLO") << QByteArray("a\xe2\x80\xae"
                                       "txt.exe")
                         << QByteArray("a\\xe2\\x80\\xaetxt.exe");
    QTest::newRow("LRI") << QByteArray("\xe2\x81\xa6") << QByteArray("\\xe2\\x81\\xa6");
    QTest::newRow("PDI") << QByteArray("\xe2\x81\xa9") << QByteArray("\\xe2\\x81\\xa9");
    QTest::newRow("BOM") << QByteArray("\xef\xbb\xbf/a") << QByteArray("\\xef\\xbb\\xbf/a");
}

void EscapeTest::screensAreSafe()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(printable(bytes), text);
    // The Event Bus gets text as it is when it is valid: only screens need to be spared.
    if (isValid(bytes)) {
        QCOMPARE(utf8(bytes), bytes);
    }
}

void EscapeTest::everyByteAlone()
{
    for (int value = 0; value < 256; ++value) {
        const QByteArray byte(1, static_cast<char>(value));
        const QByteArray escaped = "\\x" + byte.toHex();
        QCOMPARE(utf8(byte), value < 0x80 ? byte : escaped);
        QCOMPARE(printable(byte), value >= 0x20 && value < 0x7f ? byte : escaped);
    }
}

void EscapeTest::everyCodePoint()
{
    // Qt's own encoder as the judge of what is valid.
    for (char32_t code = 0; code <= 0x10ffff; ++code) {
        if (code >= 0xd800 && code <= 0xdfff) {
            continue;
        }
        const QByteArray encoded = QString::fromUcs4(&code, 1).toUtf8();
        if (utf8(encoded) != encoded) {
            QFAIL(qPrintable(QStringLiteral("U+%1 was escaped").arg(uint(code), 4, 16)));
        }
    }
}

void EscapeTest::resultsAreAlwaysValid()
{
    std::mt19937 random(3);
    // Bytes that matter to UTF-8 come more often than chance would have them.
    const QByteArray spicy =
        QByteArray::fromHex("c0c1c2dfe0e1ecedeeeff0f1f4f5f8fcfeff809fa0bf8f90") + "\n\x1b/";
    for (int round = 0; round < 50'000; ++round) {
        QByteArray bytes(qsizetype(random() % 24), '\0');
        for (char &byte : bytes) {
            byte = random() % 2 == 0 ? spicy.at(qsizetype(random() % std::size_t(spicy.size())))
                                     : static_cast<char>(random());
        }
        const QByteArray text = utf8(bytes);
        QVERIFY2(isValid(text), bytes.toHex().constData());
        QVERIFY2(isValid(bytes) == (text == bytes), bytes.toHex().constData());
        const QByteArray shown = printable(bytes);
        QVERIFY2(isValid(shown), bytes.toHex().constData());
        for (const QChar character : QString::fromUtf8(shown)) {
            QVERIFY2(character.category() != QChar::Other_Control, bytes.toHex().constData());
        }
    }
}

void EscapeTest::whatIsValidIsNotCopied()
{
    std::string scratch;
    for (const std::string &text : {std::string(), std::string("/plain"), std::string(100, 'a'),
                                    std::string("12345678\xc3\xa9"), std::string("/\xf0\x9f\x90\xa7/x")}) {
        const std::string_view same = proto::asUtf8(text, scratch);
        QVERIFY(same.data() == text.data() && same.size() == text.size());
    }
    const std::string bad = "12345678\xff";
    QCOMPARE(proto::asUtf8(bad, scratch), std::string_view("12345678\\xff"));
    QCOMPARE(std::string_view(scratch), std::string_view("12345678\\xff"));
}

void EscapeTest::bothWaysAgree()
{
    // Pieces around the eight bytes that are looked at together.
    std::mt19937 random(11);
    const std::string pieces[] = {"a",        "12345678", "1234567",         "\xc3\xa9",
                                  "\xe6\x97", "\xff",     "\xf0\x9f\x90\xa7"};
    for (int round = 0; round < 50'000; ++round) {
        std::string bytes;
        for (unsigned int more = random() % 6; more > 0; --more) {
            bytes += pieces[random() % std::size(pieces)];
        }
        std::string scratch;
        QCOMPARE(std::string(proto::asUtf8(bytes, scratch)), proto::toUtf8(bytes));
    }
}

void EscapeTest::whatIsEscapedComesBack()
{
    QCOMPARE(proto::toEscaped("/plain/\xc3\xa9"), std::string("/plain/\xc3\xa9"));
    QCOMPARE(proto::toEscaped("/a\\x41\x1b\xff"), std::string("/a\\x5cx41\\x1b\\xff"));
    std::mt19937 random(17);
    const std::string pieces[] = {"a", "/",    "\\",   "\\x",          "4",
                                  "1", "\xff", "\x1b", "\xe2\x80\xae", "\xc3\xa9"};
    for (int round = 0; round < 50'000; ++round) {
        std::string bytes;
        for (unsigned int more = random() % 9; more > 0; --more) {
            bytes += pieces[random() % std::size(pieces)];
        }
        const std::string text = proto::toEscaped(bytes);
        QCOMPARE(proto::toPrintable(text), text);
        QCOMPARE(proto::unescape(text), bytes);
    }
}

void EscapeTest::onlyWholeEscapesAreBytes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("digits of both cases") << QByteArray("\\xfF\\x0a") << QByteArray("\xff\n");
    QTest::newRow("one digit") << QByteArray("\\xf") << QByteArray("\\xf");
    QTest::newRow("no digit") << QByteArray("\\xg1\\x-1\\x 1") << QByteArray("\\xg1\\x-1\\x 1");
    QTest::newRow("another escape") << QByteArray("\\n\\\\") << QByteArray("\\n\\\\");
    QTest::newRow("at the end") << QByteArray("a\\x") << QByteArray("a\\x");
    QTest::newRow("a backslash") << QByteArray("\\x5cx41") << QByteArray("\\x41");
}

void EscapeTest::onlyWholeEscapesAreBytes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, bytes);
    QCOMPARE(QByteArray::fromStdString(proto::unescape(text.toStdString())), bytes);
}

QTEST_GUILESS_MAIN(EscapeTest)
#include "EscapeTest.moc"
