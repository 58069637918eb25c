// SPDX-License-Identifier: MIT
#include "app/models/EventFilter.h"

#include <utility>

namespace lunaris
{

filter::Result<EventFilter> EventFilter::compile(const QString &text)
{
    EventFilter made;
    made.m_text = text.trimmed();
    // Not the trimmed text: positions in errors are those of the text as it is written.
    filter::Result<filter::Expression> read = filter::parse(text.toStdString());
    if (const auto *error = std::get_if<filter::Error>(&read)) {
        return *error;
    }
    const auto &expression = std::get<filter::Expression>(read);
    if (expression.isEmpty()) {
        return made;
    }
    filter::Result<filter::Program> program = filter::Program::compile(expression);
    if (const auto *error = std::get_if<filter::Error>(&program)) {
        return *error;
    }
    made.m_program = std::make_shared<const filter::Program>(std::move(std::get<filter::Program>(program)));
    return made;
}

bool EventFilter::dependsOnAge() const
{
    return m_program != nullptr && m_program->fields().contains(filter::Field::Age);
}

bool EventMatcher::passes(const StoredEvent &row)
{
    if (m_filter.passesEverything() || !row.isEvent()) {
        return true;
    }
    const filter::Program &program = *m_filter.m_program;
    filter::EventView view(row.members());
    if (program.fields().contains(filter::Field::User)) {
        view.setText(filter::Field::User, userName(row.uid()));
    }
    if (m_now != 0 && program.fields().contains(filter::Field::Age)) {
        // An event of another processor, or a clock that was set, may lie ahead: it is new.
        const quint64 age = m_now > row.time() ? m_now - row.time() : 0;
        view.setNumber(filter::Field::Age, static_cast<std::int64_t>(age / 1'000'000));
    }
    return program.passes(view);
}

const std::string &EventMatcher::userName(quint32 uid)
{
    constexpr std::size_t mostNames = 4096; // as UserNames, which says why
    const auto known = m_userNames.find(uid);
    if (known != m_userNames.end()) {
        return known->second;
    }
    if (m_userNames.size() >= mostNames) {
        m_userNames.clear();
    }
    return m_userNames.emplace(uid, m_users.name(uid).toStdString()).first->second;
}

} // namespace lunaris
