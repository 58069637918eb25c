// SPDX-License-Identifier: MIT
#include "app/gui/Appearance.h"

#include "app/gui/Contrast.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QStandardPaths>
#include <optional>
#include <string_view>
#include <toml++/toml.h>

Q_LOGGING_CATEGORY(appearanceLog, "lunaris.kernel.appearance")

namespace lunaris
{

namespace
{

constexpr double readable = 4.5;
constexpr qint64 largestFile = 64 * 1024;
constexpr int smallestFont = 9;
constexpr int largestFont = 32;
constexpr qsizetype longestFamily = 100;

/// The values of one file, each checked; a wrong one is said in the log and counts as not there.
class Reader
{
public:
    Reader(const toml::table &table, const QString &file) : m_table(table), m_file(file) {}

    template<typename Value>
    std::optional<Value> value(std::string_view path, const char *expected,
                               bool (*accept)(const Value &)) const
    {
        const toml::node_view<const toml::node> node = m_table.at_path(path);
        if (!node) {
            return std::nullopt;
        }
        // "13" and "13.0" are both numbers to a person.
        const std::optional<Value> found = node.value<Value>();
        if (!found || !accept(*found)) {
            qCWarning(appearanceLog).noquote()
                << QStringLiteral("%1: %2 must be %3; it is left out.")
                       .arg(m_file, QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size())),
                            QLatin1String(expected));
            return std::nullopt;
        }
        return found;
    }

private:
    const toml::table &m_table;
    const QString m_file;
};

bool isMode(const std::string &text)
{
    return text == "dark" || text == "light";
}

bool isColor(const std::string &text)
{
    // Anchored with $ it would take a newline at the end.
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(QStringLiteral("#[0-9a-fA-F]{6}")));
    return form.match(QString::fromStdString(text)).hasMatch();
}

bool isIntensity(const double &number)
{
    return number >= 0 && number <= 2; // no NaN either
}

bool isFamily(const std::string &text)
{
    const QString family = QString::fromStdString(text);
    return !family.trimmed().isEmpty() && family.size() <= longestFamily;
}

bool isFontSize(const double &number)
{
    return number >= smallestFont && number <= largestFont;
}

bool isAnything(const bool &)
{
    return true;
}

} // namespace

Appearance::Appearance(QObject *parent)
    : Appearance(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
                     QStringLiteral("/lunaris/appearance.toml"),
                 parent)
{
}

Appearance::Appearance(const QString &file, QObject *parent) : QObject(parent), m_file(file)
{
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Appearance::reload);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Appearance::reload);
    reload();
}

QColor Appearance::accentUnder(const QColor &text) const
{
    return Contrast::adjusted(m_values.accent, {text}, readable);
}

QColor Appearance::accentOn(const QColor &surface, const QColor &other) const
{
    return Contrast::adjusted(m_values.accent, {surface, other}, readable);
}

Appearance::Values Appearance::read(const QString &file)
{
    Values values;
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly)) {
        return values;
    }
    const QByteArray bytes = opened.read(largestFile + 1);
    if (bytes.size() > largestFile) {
        qCWarning(appearanceLog).noquote() << QStringLiteral("%1 is too long to be read.").arg(file);
        return values;
    }
    toml::table table;
    try {
        table = toml::parse(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    } catch (const toml::parse_error &error) {
        qCWarning(appearanceLog).noquote()
            << QStringLiteral("%1, line %2: %3.")
                   .arg(file)
                   .arg(error.source().begin.line)
                   .arg(QString::fromStdString(std::string(error.description())));
        return values;
    }
    const Reader reader(table, file);
    if (const auto mode = reader.value<std::string>("theme.mode", "\"dark\" or \"light\"", isMode)) {
        values.mode = *mode == "dark" ? Mode::Dark : Mode::Light;
    }
    if (const auto accent =
            reader.value<std::string>("overrides.accent", "a colour as \"#4f46e5\"", isColor)) {
        values.accent = QColor(QString::fromStdString(*accent));
    }
    values.radiusIntensity =
        reader.value<double>("overrides.radius_intensity", "a number from 0 to 2", isIntensity).value_or(1);
    const auto family = [&reader](std::string_view path) {
        return QString::fromStdString(
            reader.value<std::string>(path, "the name of a typeface", isFamily).value_or(""));
    };
    values.interfaceFont = family("fonts.interface");
    values.monospaceFont = family("fonts.monospace");
    values.fontSize =
        qRound(reader.value<double>("fonts.size", "a number from 9 to 32", isFontSize).value_or(0));
    values.reduceMotion =
        reader.value<bool>("accessibility.reduce_motion", "true or false", isAnything).value_or(false);
    return values;
}

void Appearance::reload()
{
    // A file that is replaced is not the watched one any more, and what is not there yet cannot be watched:
    // the nearest folder that is tells when it comes.
    QString folder = QFileInfo(m_file).absolutePath();
    while (!QFileInfo::exists(folder) && folder.size() > 1) {
        folder = QFileInfo(folder).absolutePath();
    }
    const QStringList former = m_watcher.files() + m_watcher.directories();
    if (!former.isEmpty()) {
        m_watcher.removePaths(former);
    }
    m_watcher.addPath(folder);
    if (QFileInfo::exists(m_file)) {
        m_watcher.addPath(m_file);
    }
    const Values values = read(m_file);
    if (values != m_values) {
        m_values = values;
        Q_EMIT changed();
    }
}

} // namespace lunaris
