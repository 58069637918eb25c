// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SETTINGS_H
#define LUNARIS_APP_GUI_SETTINGS_H

#include <QObject>
#include <QRect>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// What a person has chosen for this window, kept on disk. What is read there is checked: a value out of
/// bounds counts as the nearest one that is not.
class Settings : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has them.")

public:
    enum class Look { System, Light, Dark };
    Q_ENUM(Look)

    static constexpr int fewestRows = 1'000;
    static constexpr int mostRows = 5'000'000;
    static constexpr int leastMegabytes = 16;
    static constexpr int mostMegabytes = 4'096;

    /// `store` must outlive it.
    explicit Settings(QSettings *store, QObject *parent = nullptr);

    Q_PROPERTY(int historyRows READ historyRows WRITE setHistoryRows NOTIFY historyChanged)
    Q_PROPERTY(int historyMegabytes READ historyMegabytes WRITE setHistoryMegabytes NOTIFY historyChanged)
    /// How many events are kept at most, and in how much memory (MiB).
    int historyRows() const;
    void setHistoryRows(int rows);
    int historyMegabytes() const;
    void setHistoryMegabytes(int megabytes);

    Q_PROPERTY(bool everyone READ showsEveryone WRITE setEveryone NOTIFY everyoneChanged)
    /// Whether to watch what everyone does; and whether it was said once what that shows.
    bool showsEveryone() const;
    void setEveryone(bool everyone);
    bool isEveryoneExplained() const;
    void setEveryoneExplained();

    Q_PROPERTY(bool backlog READ wantsBacklog WRITE setBacklog NOTIFY backlogChanged)
    /// Whether to start with what happened just before.
    bool wantsBacklog() const;
    void setBacklog(bool backlog);

    Q_PROPERTY(lunaris::Settings::Look look READ look WRITE setLook NOTIFY lookChanged)
    Look look() const;
    void setLook(Look look);

    /// Where the window was, null if that is not known, and whether it filled the screen.
    QRect windowPlace() const;
    bool isWindowMaximized() const;
    void setWindow(const QRect &place, bool maximized);

Q_SIGNALS:
    void historyChanged();
    void everyoneChanged();
    void backlogChanged();
    void lookChanged();

private:
    QSettings *const m_store;
};

} // namespace lunaris

#endif
