// SPDX-License-Identifier: MIT
//
// What a client makes of a person's filter before the helper gets it.
#include "app/client/SubscriptionFilter.h"

#include <QTest>
#include <pwd.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

/// Names as long as they may be, and uids too.
std::optional<std::uint32_t> uidOf(const std::string &name)
{
    return name == "alex" ? std::optional(1000U) : name == "u" ? std::optional(4'000'000'000U) : std::nullopt;
}

} // namespace

class SubscriptionFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void becomesWhatTheHelperTakes_data();
    void becomesWhatTheHelperTakes();
    void isRefused_data();
    void isRefused();
    void tellsWhatItAsksFor();
    void knowsTheUsersOfTheSystem();
};

void SubscriptionFilterTest::becomesWhatTheHelperTakes_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("nothing") << QByteArray(" ") << QByteArray("");
    QTest::newRow("no user") << QByteArray("a  b") << QByteArray("a and b");
    QTest::newRow("user") << QByteArray("user==alex||user in {u,7}")
                          << QByteArray("uid == 1000 or uid in {4000000000, 7}");
    QTest::newRow("no UTF-8") << QByteArray("\xff") << QByteArray("\"\\xff\"");
}

void SubscriptionFilterTest::becomesWhatTheHelperTakes()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, sent);
    const auto filter = SubscriptionFilter::read(written.toStdString(), uidOf);
    QVERIFY(std::holds_alternative<SubscriptionFilter>(filter));
    QCOMPARE(QByteArray::fromStdString(std::get<SubscriptionFilter>(filter).text), sent);
}

void SubscriptionFilterTest::isRefused_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("wrong") << QByteArray("pid ==")
                           << QByteArray("At byte 6: expected a number after `pid ==`.");
    QTest::newRow("wrong pattern")
        << QByteArray("path matches *")
        << QByteArray("At byte 13: this is no regular expression: there is nothing to repeat before `*`.");
    QTest::newRow("nobody") << QByteArray("user == mallory")
                            << QByteArray("At byte 8: there is no user `mallory`.");
    QTest::newRow("age") << QByteArray("a or age < 5")
                         << QByteArray("At byte 5: `age` changes while events wait, so it cannot choose what "
                                       "is sent.");
    QTest::newRow("part of a user")
        << QByteArray("user startswith a")
        << QByteArray(
               "At byte 0: `user` can be compared with whole names only (`==`, `!=` and `in`) when the "
               "helper is to choose the events.");
    QTest::newRow("uids that are longer than names")
        << "user in {" + QByteArray("u,").repeated(900) + "u}"
        << QByteArray("At byte 0: the filter is too long with uids in the place of users.");
}

void SubscriptionFilterTest::isRefused()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, message);
    const auto filter = SubscriptionFilter::read(written.toStdString(), uidOf);
    const auto *const error = std::get_if<filter::Error>(&filter);
    QCOMPARE(QByteArray::fromStdString(error != nullptr ? error->message() : ""), message);
}

void SubscriptionFilterTest::tellsWhatItAsksFor()
{
    const auto filter = SubscriptionFilter::read("type == file.opened or user == alex", uidOf);
    const filter::FieldSet fields = std::get<SubscriptionFilter>(filter).fields;
    QVERIFY(fields.contains(filter::Field::Type));
    QVERIFY(fields.contains(filter::Field::Uid));
    QVERIFY(!fields.contains(filter::Field::User));
    QVERIFY(!fields.contains(filter::Field::Path));
}

void SubscriptionFilterTest::knowsTheUsersOfTheSystem()
{
    QCOMPARE(SubscriptionFilter::uidOfUser("root").value_or(1), 0U);
    QVERIFY(!SubscriptionFilter::uidOfUser("nobody has this name"));
    QVERIFY(!SubscriptionFilter::uidOfUser(""));
    const passwd *const me = getpwuid(geteuid());
    if (me != nullptr) {
        const std::string name = me->pw_name;
        QCOMPARE(SubscriptionFilter::uidOfUser(name).value_or(0), geteuid());
    }
}

QTEST_GUILESS_MAIN(SubscriptionFilterTest)
#include "SubscriptionFilterTest.moc"
