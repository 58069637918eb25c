// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_APPEARANCE_H
#define LUNARIS_APP_GUI_APPEARANCE_H

#include <QColor>
#include <QFileSystemWatcher>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// What the Lunaris desktop says of its look, in its file appearance.toml, read again whenever that changes.
/// What it does not say, or says wrongly, has its neutral value here; there need not be such a file.
class Appearance : public QObject
{
    Q_OBJECT
    QML_ELEMENT

public:
    enum class Mode { Unknown, Light, Dark };
    Q_ENUM(Mode)

    /// Reads `lunaris/appearance.toml` in the user's configuration folder.
    explicit Appearance(QObject *parent = nullptr);
    explicit Appearance(const QString &file, QObject *parent = nullptr);

    Q_PROPERTY(lunaris::Appearance::Mode mode READ mode NOTIFY changed)
    Mode mode() const { return m_values.mode; }

    Q_PROPERTY(bool hasAccent READ hasAccent NOTIFY changed)
    bool hasAccent() const { return m_values.accent.isValid(); }

    Q_PROPERTY(double radiusIntensity READ radiusIntensity NOTIFY changed)
    /// What every radius is to be multiplied with, 0 to 2.
    double radiusIntensity() const { return m_values.radiusIntensity; }

    Q_PROPERTY(QString interfaceFont READ interfaceFont NOTIFY changed)
    Q_PROPERTY(QString monospaceFont READ monospaceFont NOTIFY changed)
    /// Families, or empty.
    QString interfaceFont() const { return m_values.interfaceFont; }
    QString monospaceFont() const { return m_values.monospaceFont; }

    Q_PROPERTY(int fontSize READ fontSize NOTIFY changed)
    /// Of text, in pixels, 9 to 32; 0 is not said.
    int fontSize() const { return m_values.fontSize; }

    Q_PROPERTY(bool reduceMotion READ reducesMotion NOTIFY changed)
    bool reducesMotion() const { return m_values.reduceMotion; }

    /// The accent as near as it can be read: as a surface under `text`, and as text on these two surfaces.
    Q_INVOKABLE QColor accentUnder(const QColor &text) const;
    Q_INVOKABLE QColor accentOn(const QColor &surface, const QColor &other) const;

Q_SIGNALS:
    void changed();

private:
    struct Values {
        Mode mode = Mode::Unknown;
        QColor accent;
        double radiusIntensity = 1;
        QString interfaceFont;
        QString monospaceFont;
        int fontSize = 0;
        bool reduceMotion = false;

        bool operator==(const Values &) const = default;
    };

    static Values read(const QString &file);
    void reload();

    const QString m_file;
    QFileSystemWatcher m_watcher;
    Values m_values;
};

} // namespace lunaris

#endif
