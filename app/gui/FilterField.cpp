// SPDX-License-Identifier: MIT
#include "app/gui/FilterField.h"

#include "app/format/DisplayText.h"
#include "dbus/filter/Completion.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr QLatin1String historyKey{"live/filterHistory"};

/// How many characters of a text so many bytes of its UTF-8 are.
int charactersIn(const std::string &utf8, std::size_t bytes)
{
    return static_cast<int>(
        QString::fromUtf8(utf8.data(), static_cast<qsizetype>(std::min(bytes, utf8.size()))).size());
}

} // namespace

FilterField::FilterField(QSettings *settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    m_history = settings->value(historyKey).toStringList().mid(0, longestHistory);
    m_rest.setSingleShot(true);
    m_rest.setInterval(300ms);
    connect(&m_rest, &QTimer::timeout, this, &FilterField::putInForce);
}

void FilterField::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    check();
    if (isValid()) {
        m_rest.start();
    } else {
        m_rest.stop();
    }
    Q_EMIT textChanged();
}

void FilterField::check()
{
    m_problem.clear();
    m_problemStart = 0;
    m_problemLength = 0;
    auto compiled = EventFilter::compile(m_text);
    if (const auto *error = std::get_if<filter::Error>(&compiled)) {
        const std::string utf8 = m_text.toStdString();
        m_problemStart = charactersIn(utf8, error->at.position);
        m_problemLength = charactersIn(utf8, error->at.end()) - m_problemStart;
        m_problem =
            tr("Character %1: %2").arg(QString::number(m_problemStart + 1), translated(error->sentence));
    } else {
        m_typed = std::get<EventFilter>(std::move(compiled));
    }
}

bool FilterField::apply()
{
    if (!isValid()) {
        return false;
    }
    putInForce();
    remember();
    return true;
}

void FilterField::putInForce()
{
    m_rest.stop();
    if (m_typed.text() != m_filter.text()) {
        m_filter = m_typed;
        Q_EMIT applied(m_filter);
    }
}

bool FilterField::use(const QString &text)
{
    setText(text);
    return apply();
}

bool FilterField::narrow(const QString &condition)
{
    if (m_filter.passesEverything()) {
        return use(condition);
    }
    const auto read = filter::parse(m_filter.text().toStdString());
    const auto *before = std::get_if<filter::Expression>(&read);
    const bool loose = before != nullptr && before->root.kind == filter::Node::Kind::Or;
    const QString kept = loose ? QLatin1Char('(') + m_filter.text() + QLatin1Char(')') : m_filter.text();
    return use(kept + QStringLiteral(" and ") + condition);
}

void FilterField::remember()
{
    const QString kept = m_text.trimmed();
    if (kept.isEmpty() || (!m_history.isEmpty() && m_history.constFirst() == kept)) {
        return;
    }
    m_history.removeAll(kept);
    m_history.prepend(kept);
    m_history = m_history.mid(0, longestHistory);
    m_settings->setValue(historyKey, m_history);
    Q_EMIT historyChanged();
}

QVariantMap FilterField::completion(int cursor) const
{
    const std::string before = m_text.left(cursor).toStdString();
    const filter::Completion found = filter::complete(before, before.size());
    QStringList candidates;
    for (const std::string &candidate : found.candidates) {
        candidates.append(QString::fromStdString(candidate));
    }
    return {{QStringLiteral("start"), charactersIn(before, found.from)},
            {QStringLiteral("candidates"), candidates}};
}

} // namespace lunaris
