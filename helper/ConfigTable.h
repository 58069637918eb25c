// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_CONFIGTABLE_H
#define LUNARIS_HELPER_CONFIGTABLE_H

#include <QString>
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <utility>
#include <vector>

namespace lunaris
{

/// All at once: a file may be called 100%2.
inline QString problemAt(const QString &file, toml::source_index line, const QString &sentence)
{
    return QStringLiteral("%1, line %2: %3.").arg(file, QString::number(line), sentence);
}

/// Reads one table key by key. The first problem is kept, with its line; what follows does nothing.
class ConfigTable
{
public:
    ConfigTable(const toml::table &table, QString file, std::optional<QString> &problem)
        : m_table(table), m_file(std::move(file)), m_problem(problem)
    {
    }

    template<typename Value, typename Use>
    void read(std::string_view key, const char *expected, Use use)
    {
        m_known.push_back(key);
        const toml::node *node = m_table.get(key);
        if (!node || m_problem) {
            return;
        }
        const auto value = node->value_exact<Value>();
        if (!value) {
            fail(*node, QStringLiteral("\"%1\" must be %2").arg(toQString(key), QLatin1String(expected)));
            return;
        }
        if (const std::optional<QString> wrong = use(*value)) {
            fail(*node, *wrong);
        }
    }

    template<typename Use>
    void readTable(std::string_view key, Use use)
    {
        m_known.push_back(key);
        const toml::node *node = m_table.get(key);
        if (!node || m_problem) {
            return;
        }
        if (const toml::table *table = node->as_table()) {
            ConfigTable reader(*table, m_file, m_problem);
            use(reader);
            reader.refuseUnknown();
        } else {
            fail(*node, QStringLiteral("\"%1\" must be a table").arg(toQString(key)));
        }
    }

    template<typename Use>
    void readStrings(std::string_view key, Use use)
    {
        m_known.push_back(key);
        const toml::node *node = m_table.get(key);
        if (!node || m_problem) {
            return;
        }
        const toml::array *array = node->as_array();
        if (!array || !(array->empty() || array->is_homogeneous<std::string>())) {
            fail(*node, QStringLiteral("\"%1\" must be a list of strings").arg(toQString(key)));
            return;
        }
        for (const toml::node &element : *array) {
            if (const std::optional<QString> wrong = use(element.ref<std::string>()); wrong && !m_problem) {
                fail(element, *wrong);
            }
        }
    }

    void refuseUnknown()
    {
        for (const auto &[key, node] : m_table) {
            if (!m_problem && std::find(m_known.begin(), m_known.end(), key.str()) == m_known.end()) {
                fail(node, QStringLiteral("there is no setting \"%1\" here").arg(toQString(key.str())));
            }
        }
    }

private:
    static QString toQString(std::string_view text)
    {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

    void fail(const toml::node &node, const QString &sentence)
    {
        m_problem = problemAt(m_file, node.source().begin.line, sentence);
    }

    const toml::table &m_table;
    const QString m_file;
    std::optional<QString> &m_problem;
    std::vector<std::string_view> m_known;
};

} // namespace lunaris

#endif
