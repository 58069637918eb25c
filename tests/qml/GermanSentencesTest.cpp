// SPDX-License-Identifier: MIT
//
// What rooms without Qt say of filters and captures, as a German window shows it.
#include "app/capture/CaptureReader.h"
#include "app/capture/CaptureWriter.h"
#include "app/client/SubscriptionFilter.h"
#include "app/format/DisplayText.h"
#include "app/window/Translations.h"
#include "tests/unit/ClientEvents.h"
#include "tests/unit/DamagedCaptures.h"
#include "tests/unit/WrongFilters.h"

#include <QBuffer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <csignal>
#include <set>
#include <sys/resource.h>

using namespace lunaris;
using namespace lunaris::test;

namespace
{

using Pattern = std::pair<std::string, std::string>; // its context and its text

struct Said {
    QByteArray name;
    Sentence sentence;
};

std::optional<Sentence> problemOfCapture(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CaptureReader reader(buffer);
    while (reader.next()) {
    }
    return reader.problem();
}

/// What a filter is refused for by those who make a subscription of it.
std::optional<filter::Error> problemInSubscription(const QByteArray &text)
{
    // Longer than any name.
    const auto uidOf = [](const std::string &name) {
        return name == "u" ? std::optional(4'000'000'000U) : std::nullopt;
    };
    const auto read = SubscriptionFilter::read(text.toStdString(), uidOf);
    const auto *const error = std::get_if<filter::Error>(&read);
    return error != nullptr ? std::optional(*error) : std::nullopt;
}

/// Why a capture cannot be begun, or does not go on.
QList<Said> problemsOfWriting()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("capture"));
    auto made = CaptureWriter::create(file, {});
    auto &capture = *std::get<std::unique_ptr<CaptureWriter>>(made);
    QList<Said> all = {
        {"is there", std::get<Sentence>(CaptureWriter::create(file, {}))},
        {"no folder", std::get<Sentence>(CaptureWriter::create(folder.filePath(QStringLiteral("a/b")), {}))},
    };
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 1;
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    capture.add(oneOfEachType(), 0);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, ignored);
    all.append({"ends here", *capture.problem()});
    return all;
}

/// Every sentence there is.
QList<Said> everything()
{
    QList<Said> all;
    for (const WrongFilter &wrong : wrongFilters() + filtersBeyondLimits()) {
        all.append({wrong.name, problemOf(wrong.text)->sentence});
    }
    for (const QByteArray &text :
         {QByteArray("user == mallory"), QByteArray("user contains a"), QByteArray("age < 5"),
          "user in {" + QByteArray("u,").repeated(900) + "u}"}) {
        all.append({text.left(20), problemInSubscription(text)->sentence});
    }
    const auto ofUser = std::get<filter::Expression>(filter::parse("user == root"));
    all.append({"user", filter::problemInSubscription(ofUser)->sentence});
    for (const DamagedCapture &damaged : damagedCaptures()) {
        all.append({damaged.name, *problemOfCapture(damaged.bytes)});
    }
    return all + problemsOfWriting();
}

std::set<Pattern> patternsOf(const Sentence &sentence)
{
    std::set<Pattern> patterns;
    sentence.rendered([&patterns](const char *context, const char *text) {
        patterns.emplace(context, text);
        return text;
    });
    return patterns;
}

/// Those of the same contexts that are in the file of translations.
std::set<Pattern> knownPatterns(const std::set<std::string> &contexts)
{
    std::set<Pattern> known;
    QFile file(QStringLiteral(LUNARIS_GERMAN));
    if (file.open(QIODevice::ReadOnly)) {
        QXmlStreamReader xml(&file);
        std::string context;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == QLatin1String("name")) {
                context = xml.readElementText().toStdString();
            } else if (xml.isStartElement() && xml.name() == QLatin1String("source") &&
                       contexts.contains(context)) {
                known.emplace(context, xml.readElementText().toStdString());
            }
        }
    }
    return known;
}

} // namespace

class GermanSentencesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areGerman_data();
    void areGerman();
    void areAllTried();

private:
    const Translations m_german{QLocale(QLocale::German)};
};

void GermanSentencesTest::areGerman_data()
{
    QTest::addColumn<Sentence>("sentence");
    for (const auto &[name, sentence] : everything()) {
        QTest::newRow(name.constData()) << sentence;
    }
}

void GermanSentencesTest::areGerman()
{
    QFETCH(Sentence, sentence);
    for (const auto &[context, text] : patternsOf(sentence)) {
        QVERIFY2(QCoreApplication::translate(context.c_str(), text.c_str()).toStdString() != text,
                 text.c_str());
    }
    // Code, names and numbers are the same in every language, and none of them gets lost.
    const QString english = QString::fromStdString(sentence.english());
    const QString german = translated(sentence);
    static const QRegularExpression code(QStringLiteral("`[^`]+`|[0-9]+"));
    for (auto found = code.globalMatch(english); found.hasNext();) {
        const QString piece = found.next().captured();
        QVERIFY2(german.contains(piece), qPrintable(german));
    }
    QCOMPARE(german.count(QLatin1Char('`')), english.count(QLatin1Char('`')));
}

/// The rows above are not fewer than what can be said.
void GermanSentencesTest::areAllTried()
{
    std::set<Pattern> tried;
    for (const Said &said : everything()) {
        tried.merge(patternsOf(said.sentence));
    }
    std::set<std::string> contexts;
    for (const auto &[context, text] : tried) {
        contexts.insert(context);
    }
    QCOMPARE(contexts, (std::set<std::string>{"lunaris::capture", "lunaris::filter", "lunaris::pieces"}));
    for (const auto &[context, text] : knownPatterns(contexts)) {
        QVERIFY2(tried.contains({context, text}), text.c_str());
    }
    QCOMPARE(knownPatterns(contexts).size(), tried.size());
}

QTEST_GUILESS_MAIN(GermanSentencesTest)
#include "GermanSentencesTest.moc"
