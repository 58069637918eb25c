// SPDX-License-Identifier: MIT
#include "app/format/DisplayText.h"

#include "proto/Escape.h"

#include <QCoreApplication>
#include <QLocale>

namespace lunaris
{

QString printable(std::string_view bytes)
{
    return QString::fromStdString(proto::toPrintable(bytes));
}

QString printable(const QByteArray &bytes)
{
    return printable(viewOf(bytes));
}

QString printable(const QString &text)
{
    return printable(text.toUtf8());
}

QString escaped(std::string_view bytes)
{
    return QString::fromStdString(proto::toEscaped(bytes));
}

QString translated(const Sentence &sentence)
{
    return QString::fromStdString(sentence.rendered([](const char *context, const char *text) {
        return QCoreApplication::translate(context, text).toStdString();
    }));
}

QDateTime localTime(quint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(time / 1000));
}

QString clockText(quint64 time)
{
    return localTime(time).toString(QStringLiteral("HH:mm:ss"));
}

QString dateAndClockText(quint64 time)
{
    return localTime(time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString momentText(quint64 time)
{
    return time == 0 ? QString() : QLocale().toString(localTime(time), QLocale::ShortFormat);
}

} // namespace lunaris
