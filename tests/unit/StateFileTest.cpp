// SPDX-License-Identifier: MIT
#include "helper/service/StateFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;

class StateFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void whatIsWrittenIsRead();
    void nobodyElseMayRead();
    void thereIsNone();
    void nowhereKeepsNothing();
    void theOldOneStaysWhenItCannotBeReplaced();
    void notOursIsNotRead_data();
    void notOursIsNotRead();
    void aFolderThatOthersWriteIsNotUsed();

private:
    StateFile file() const { return {m_path, QStringLiteral("state")}; }
    QByteArray path() const { return QFile::encodeName(m_path + QStringLiteral("/state")); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path; // not there yet, and neither is the folder above
};

void StateFileTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_path = m_directory->filePath(QStringLiteral("new/folder"));
}

void StateFileTest::whatIsWrittenIsRead()
{
    QString problem;
    for (const QByteArray &content : {QByteArray("one"), QByteArray(100'000, '\0'), QByteArray()}) {
        QCOMPARE(file().write(content), QString());
        QCOMPARE(file().read(problem), std::optional(content));
        QCOMPARE(problem, QString());
        // Nothing is left of the way there.
        QCOMPARE(QDir(m_path).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("state")});
    }
}

void StateFileTest::nobodyElseMayRead()
{
    const mode_t before = umask(0);
    QCOMPARE(file().write("secret"), QString());
    QCOMPARE(file().write("secret again"), QString());
    umask(before);
    struct stat status {
    };
    QCOMPARE(stat(path().constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0600});
    QCOMPARE(stat(QFile::encodeName(m_path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0700});
}

void StateFileTest::thereIsNone()
{
    QString problem;
    QCOMPARE(file().read(problem), std::nullopt);
    QCOMPARE(problem, QString());
}

void StateFileTest::nowhereKeepsNothing()
{
    const StateFile nowhere{QString(), QStringLiteral("state")};
    QString problem;
    QCOMPARE(nowhere.write("one"), QString());
    QCOMPARE(nowhere.read(problem), std::nullopt);
    QCOMPARE(problem, QString());
}

void StateFileTest::theOldOneStaysWhenItCannotBeReplaced()
{
    QCOMPARE(file().write("old"), QString());
    // What takes the new one's place is a folder, which a rename does not replace.
    const StateFile other(m_path, QStringLiteral("other"));
    QVERIFY(QDir().mkpath(other.path() + QStringLiteral("/in/the/way")));
    QVERIFY(!other.write("new").isEmpty());
    QString problem;
    QCOMPARE(file().read(problem), std::optional(QByteArray("old")));
    QVERIFY(QFile::exists(other.path() + QStringLiteral("/in/the/way")));
}

void StateFileTest::notOursIsNotRead_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"link", "fifo", "folder", "writable by others"}) {
        QTest::newRow(kind) << QString::fromLatin1(kind);
    }
}

void StateFileTest::notOursIsNotRead()
{
    QFETCH(QString, kind);
    QCOMPARE(file().write("content"), QString());
    if (kind == QLatin1String("writable by others")) {
        QCOMPARE(chmod(path().constData(), 0622), 0);
    } else {
        const QByteArray target = path() + "-moved";
        QCOMPARE(rename(path().constData(), target.constData()), 0);
        const int made = kind == QLatin1String("link")   ? symlink(target.constData(), path().constData())
                         : kind == QLatin1String("fifo") ? mkfifo(path().constData(), 0600)
                                                         : mkdir(path().constData(), 0700);
        QCOMPARE(made, 0);
    }
    QString problem;
    QCOMPARE(file().read(problem), std::nullopt);
    QVERIFY(!problem.isEmpty());
}

void StateFileTest::aFolderThatOthersWriteIsNotUsed()
{
    QCOMPARE(file().write("content"), QString());
    QCOMPARE(chmod(QFile::encodeName(m_path).constData(), 0777), 0);
    QVERIFY(!file().write("more").isEmpty());
    QString problem;
    QCOMPARE(file().read(problem), std::optional(QByteArray("content")));
}

QTEST_GUILESS_MAIN(StateFileTest)
#include "StateFileTest.moc"
