// SPDX-License-Identifier: MIT
#include "helper/source/Readiness.h"
#include "dbus/StateReason.h"
#include "helper/CheckReport.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <sys/utsname.h>

using namespace lunaris;

namespace
{

const QString btf = QStringLiteral("sys/kernel/btf/vmlinux");
const QString lockdown = QStringLiteral("sys/kernel/security/lockdown");
const QString tracing = QStringLiteral("sys/kernel/tracing/events/syscalls/sys_exit_openat/id");
const QString debugTracing = QStringLiteral("sys/kernel/debug/tracing/events/syscalls/sys_exit_openat/id");

/// The root directory of a system, with what the kernel would show there.
class FakeSystem
{
public:
    void write(const QString &path, const QByteArray &bytes = "1\n")
    {
        const QString whole = QDir(root()).filePath(path);
        QDir().mkpath(QFileInfo(whole).path());
        QFile file(whole);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("the test cannot write its file");
        }
    }

    QString root() const { return m_directory.path(); }

private:
    QTemporaryDir m_directory;
};

const SystemFacts good{QStringLiteral("6.1.0-18-amd64"), true};

QByteArray codeOf(const Readiness &readiness)
{
    return readiness.reason().toLatin1();
}

} // namespace

class ReadinessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kernels_data();
    void kernels();
    void whatIsMissingIsNamed_data();
    void whatIsMissingIsNamed();
    void lockdownForms_data();
    void lockdownForms();
    void tracefsInEitherPlace();
    void tracefsWithoutSystemCallsIsNone();
    void everyItemIsListed();
    void reportForPeople();
    void reportForMachines();
    void everyReasonIsExplained_data();
    void everyReasonIsExplained();
    void thisSystem();
};

void ReadinessTest::kernels_data()
{
    QTest::addColumn<bool>("ok");
    for (const char *release : {"5.15", "5.15.0", "5.15.0-91-generic", "5.100.1", "6.1.0-18-amd64", "6.18.0",
                                "10.0", "6.9-rc1", "5.15-rc1", "6.6.87.2-microsoft-standard-WSL2+"}) {
        QTest::newRow(release) << true;
    }
    for (const char *release :
         {"5.14.21", "5.4.0-generic", "5.9.0", "4.19.0", "5", "3.10.0-1160.el7.x86_64", "", "unknown"}) {
        QTest::newRow(release) << false;
    }
}

void ReadinessTest::kernels()
{
    QFETCH(bool, ok);
    FakeSystem system;
    system.write(btf);
    system.write(tracing);
    const Readiness readiness =
        probeReadiness(system.root(), {QString::fromLatin1(QTest::currentDataTag()), true});
    QCOMPARE(codeOf(readiness), ok ? QByteArray() : QByteArray("KernelTooOld"));
    QCOMPARE(readiness.items.first().ok, ok);
    QCOMPARE(readiness.items.first().found, QString::fromLatin1(QTest::currentDataTag()));
}

void ReadinessTest::whatIsMissingIsNamed_data()
{
    QTest::addColumn<bool>("newKernel");
    QTest::addColumn<bool>("hasBtf");
    QTest::addColumn<bool>("capable");
    QTest::addColumn<bool>("hasTracefs");
    QTest::addColumn<QByteArray>("locked");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray open = "[none] integrity confidentiality\n";
    const QByteArray confidential = "none integrity [confidentiality]\n";
    QTest::newRow("nothing") << true << true << true << true << open << QByteArray();
    QTest::newRow("kernel") << false << true << true << true << open << QByteArray("KernelTooOld");
    QTest::newRow("BTF") << true << false << true << true << open << QByteArray("MissingBtf");
    QTest::newRow("capabilities") << true << true << false << true << open << QByteArray("MissingCapability");
    QTest::newRow("tracefs") << true << true << true << false << open << QByteArray("MissingTracefs");
    QTest::newRow("lockdown") << true << true << true << true << confidential << QByteArray("LockedDown");
    // The first that stands in the way is the one to tell: what a person can do about it comes in that order.
    QTest::newRow("everything") << false << false << false << false << confidential
                                << QByteArray("KernelTooOld");
    QTest::newRow("all but the kernel")
        << true << false << false << false << confidential << QByteArray("MissingBtf");
    // Without capabilities nobody can look into tracefs, so its absence says nothing.
    QTest::newRow("capabilities and tracefs")
        << true << true << false << false << open << QByteArray("MissingCapability");
    QTest::newRow("tracefs and lockdown")
        << true << true << true << false << confidential << QByteArray("LockedDown");
}

void ReadinessTest::whatIsMissingIsNamed()
{
    QFETCH(bool, newKernel);
    QFETCH(bool, hasBtf);
    QFETCH(bool, capable);
    QFETCH(bool, hasTracefs);
    QFETCH(QByteArray, locked);
    QFETCH(QByteArray, reason);
    FakeSystem system;
    if (hasBtf) {
        system.write(btf);
    }
    if (hasTracefs) {
        system.write(tracing);
    }
    system.write(lockdown, locked);
    const QString release = newKernel ? QStringLiteral("6.1.0") : QStringLiteral("4.19.0");
    QCOMPARE(codeOf(probeReadiness(system.root(), {release, capable})), reason);
}

void ReadinessTest::lockdownForms_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("found");
    QTest::addColumn<bool>("ok");
    QTest::newRow("none") << QByteArray("[none] integrity confidentiality\n") << QStringLiteral("none")
                          << true;
    QTest::newRow("integrity") << QByteArray("none [integrity] confidentiality\n")
                               << QStringLiteral("integrity") << true;
    QTest::newRow("confidentiality") << QByteArray("none integrity [confidentiality]\n")
                                     << QStringLiteral("confidentiality") << false;
    QTest::newRow("without a newline")
        << QByteArray("none integrity [confidentiality]") << QStringLiteral("confidentiality") << false;
    QTest::newRow("a mode to come") << QByteArray("none [other]\n") << QStringLiteral("other") << true;
}

void ReadinessTest::lockdownForms()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, found);
    QFETCH(bool, ok);
    FakeSystem system;
    system.write(btf);
    system.write(tracing);
    system.write(lockdown, bytes);
    const Readiness readiness = probeReadiness(system.root(), good);
    QCOMPARE(readiness.items.at(3).name, QStringLiteral("lockdown"));
    QCOMPARE(readiness.items.at(3).found, found);
    QCOMPARE(readiness.items.at(3).ok, ok);
    QCOMPARE(readiness.reason().isEmpty(), ok);
}

void ReadinessTest::tracefsInEitherPlace()
{
    FakeSystem system;
    QCOMPARE(tracefsBelow(system.root()), QString());
    system.write(debugTracing);
    QCOMPARE(tracefsBelow(system.root()),
             QDir(system.root()).filePath(QStringLiteral("sys/kernel/debug/tracing")));
    system.write(tracing);
    QCOMPARE(tracefsBelow(system.root()), QDir(system.root()).filePath(QStringLiteral("sys/kernel/tracing")));
}

void ReadinessTest::tracefsWithoutSystemCallsIsNone()
{
    // An empty directory is where tracefs would be mounted; without CONFIG_FTRACE_SYSCALLS it is of no use.
    FakeSystem system;
    system.write(btf);
    QVERIFY(QDir(system.root()).mkpath(QStringLiteral("sys/kernel/tracing/events")));
    QCOMPARE(codeOf(probeReadiness(system.root(), good)), QByteArray("MissingTracefs"));
}

void ReadinessTest::everyItemIsListed()
{
    FakeSystem system;
    const Readiness readiness = probeReadiness(system.root(), {QStringLiteral("4.0"), false});
    QStringList names;
    for (const Readiness::Item &item : readiness.items) {
        names.append(item.name);
        QVERIFY(!item.found.isEmpty());
        QCOMPARE(item.reason.isEmpty(), item.ok);
    }
    QCOMPARE(names,
             (QStringList{QStringLiteral("kernel"), QStringLiteral("btf"), QStringLiteral("capabilities"),
                          QStringLiteral("lockdown"), QStringLiteral("tracefs")}));
    QVERIFY(readiness.items.at(3).ok); // a kernel without lockdown has no such file
    QCOMPARE(Readiness().reason(), QString());
}

void ReadinessTest::reportForPeople()
{
    const Readiness ready{{{QStringLiteral("kernel"), true, QStringLiteral("6.1"), QString()}}};
    QCOMPARE(checkReport(ready, QStringLiteral("tracepoint"), false),
             QStringLiteral("kernel        ok       6.1\nThis kernel can be watched (method: tracepoint)."));
    const Readiness missing{
        {{QStringLiteral("kernel"), true, QStringLiteral("6.1"), QString()},
         {QStringLiteral("btf"), false, QStringLiteral("no %1 %2"), dbus::reason::missingBtf}}};
    const QString report = checkReport(missing, QStringLiteral("tracepoint"), false);
    QVERIFY2(report.contains(QStringLiteral("\nbtf           MISSING  no %1 %2\n")), qPrintable(report));
    QVERIFY2(report.contains(QStringLiteral("cannot be watched")), qPrintable(report));
    QVERIFY2(report.endsWith(dbus::explainReason(dbus::reason::missingBtf)), qPrintable(report));
}

void ReadinessTest::reportForMachines()
{
    const Readiness missing{
        {{QStringLiteral("kernel"), true, QStringLiteral("6.1"), QString()},
         {QStringLiteral("btf"), false, QStringLiteral("no \"x\"\n"), dbus::reason::missingBtf}}};
    const QString report = checkReport(missing, QStringLiteral("tracepoint"), true);
    QVERIFY(!report.contains(u'\n')); // one line, for who reads line by line
    const QJsonObject object = QJsonDocument::fromJson(report.toUtf8()).object();
    QCOMPARE(object.keys(), (QStringList{QStringLiteral("capture_method"), QStringLiteral("items"),
                                         QStringLiteral("ready"), QStringLiteral("reason")}));
    QCOMPARE(object.value(QStringLiteral("ready")), QJsonValue(false));
    QCOMPARE(object.value(QStringLiteral("reason")).toString(), QStringLiteral("MissingBtf"));
    QCOMPARE(object.value(QStringLiteral("capture_method")).toString(), QStringLiteral("tracepoint"));
    const QJsonArray items = object.value(QStringLiteral("items")).toArray();
    QCOMPARE(items.size(), 2);
    QCOMPARE(items.at(0).toObject().value(QStringLiteral("ok")), QJsonValue(true));
    QCOMPARE(items.at(1).toObject().value(QStringLiteral("name")).toString(), QStringLiteral("btf"));
    QCOMPARE(items.at(1).toObject().value(QStringLiteral("found")).toString(), QStringLiteral("no \"x\"\n"));
    const QJsonObject ready =
        QJsonDocument::fromJson(checkReport({}, QStringLiteral("m"), true).toUtf8()).object();
    QCOMPARE(ready.value(QStringLiteral("ready")), QJsonValue(true));
}

void ReadinessTest::everyReasonIsExplained_data()
{
    QTest::addColumn<QString>("code");
    for (const QLatin1String code :
         {dbus::reason::starting, dbus::reason::paused, dbus::reason::kernelTooOld, dbus::reason::missingBtf,
          dbus::reason::missingTracefs, dbus::reason::missingCapability, dbus::reason::lockedDown,
          dbus::reason::programRejected}) {
        QTest::newRow(code.data()) << QString(code);
    }
}

void ReadinessTest::everyReasonIsExplained()
{
    QFETCH(QString, code);
    const QString sentence = dbus::explainReason(code);
    QVERIFY(!sentence.isEmpty());
    QVERIFY2(!sentence.contains(code), qPrintable(sentence)); // a sentence, not the code again
    QVERIFY(dbus::explainReason(QStringLiteral("SomethingNew")).contains(QStringLiteral("SomethingNew")));
    QVERIFY(dbus::explainReason(QString()).isEmpty());
}

void ReadinessTest::thisSystem()
{
    utsname name{};
    QCOMPARE(uname(&name), 0);
    QCOMPARE(SystemFacts::current().kernelRelease, QString::fromLocal8Bit(name.release));
}

QTEST_GUILESS_MAIN(ReadinessTest)
#include "ReadinessTest.moc"
