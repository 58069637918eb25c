// SPDX-License-Identifier: MIT
#include "app/gui/FilterField.h"

#include "dbus/filter/Completion.h"

#include <chrono>
#include <string>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr QLatin1String historyKey{"live/filterHistory"};

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
    m_problem = {};
    auto compiled = EventFilter::compile(m_text);
    if (const auto *error = std::get_if<filter::Error>(&compiled)) {
        m_problem = FilterProblem(m_text, *error);
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
    return {{QStringLiteral("start"), FilterProblem::charactersIn(before, found.from)},
            {QStringLiteral("candidates"), candidates}};
}

} // namespace lunaris
