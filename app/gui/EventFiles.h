// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_EVENTFILES_H
#define LUNARIS_APP_GUI_EVENTFILES_H

#include "app/gui/CaptureView.h"
#include "app/models/BackgroundTask.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace lunaris
{

/// Captures and exports: what the person opens and saves. Nothing is written unless asked for. Belongs to
/// the GUI thread; reading and writing happen on others.
class EventFiles : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// What to save as.
    enum Format { Capture, Csv, JsonLines, Ocsf };
    Q_ENUM(Format)

    /// All must outlive it.
    EventFiles(LiveView *live, const Settings *settings, QSettings *store, QObject *parent = nullptr);

    Q_PROPERTY(lunaris::CaptureView *opened READ opened NOTIFY openedChanged)
    /// The capture that is shown in the place of what is live, or null.
    CaptureView *opened() const { return m_opened.get(); }

    /// Shows a capture; what went wrong comes as message().
    Q_INVOKABLE void open(const QUrl &file);
    void openFile(const QString &file);

    /// Back to what is live.
    Q_INVOKABLE void close();

    /// Saves what is shown in the place where one is: all of it, or only what passes the filter.
    Q_INVOKABLE void save(const QUrl &file, lunaris::EventFiles::Format format, bool onlyShown);

    /// How the name of such a file ends, without the dot.
    Q_INVOKABLE static QString suffix(lunaris::EventFiles::Format format);

    Q_PROPERTY(bool saving READ isSaving NOTIFY savingChanged)
    bool isSaving() const { return m_saver.isRunning(); }
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    /// 0 to 1.
    double progress() const { return m_saver.progress(); }

    /// Stops what is being saved: nothing is left of it, unless it had just been put in place.
    Q_INVOKABLE void cancelSaving();

    Q_PROPERTY(QString message READ message NOTIFY messageChanged)
    Q_PROPERTY(bool failed READ hasFailed NOTIFY messageChanged)
    /// How the last of it went, a sentence; empty when there is nothing to say.
    const QString &message() const { return m_message; }
    bool hasFailed() const { return m_failed; }
    Q_INVOKABLE void dismissMessage() { say({}, false); }

Q_SIGNALS:
    void openedChanged();
    void savingChanged();
    void progressChanged();
    void messageChanged();

private:
    void say(const QString &sentence, bool failed);

    LiveView *const m_live;
    const Settings *const m_settings;
    QSettings *const m_store;
    std::unique_ptr<CaptureView> m_opened;
    BackgroundTask m_saver;
    QString m_message;
    bool m_failed = false;
};

} // namespace lunaris

#endif
