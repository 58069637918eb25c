// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_COLUMNSFORMAT_H
#define LUNARIS_APP_FORMAT_COLUMNSFORMAT_H

#include "app/format/EventFormat.h"

namespace lunaris
{

/// A table for a person: time, pid, user, program, what happened, how it was opened, and which file. In a
/// narrow terminal columns are left out and long texts cut; without a width nothing is.
class ColumnsFormat final : public EventFormat
{
public:
    explicit ColumnsFormat(FormatSettings settings);

    std::string header() const override;
    std::optional<std::string> line(const MonitorEvent &event) override;

private:
    struct Cells {
        std::string time;
        std::string pid;
        std::string user;
        std::string program;
        std::string what;
        std::string flags;
        std::string subject;
    };

    std::string arrange(const Cells &cells, const std::string &color) const;
    std::string timeOf(quint64 microseconds);

    const FormatSettings m_settings;
    std::optional<quint64> m_first; // time of the first event
};

} // namespace lunaris

#endif
