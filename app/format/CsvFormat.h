// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_CSVFORMAT_H
#define LUNARIS_APP_FORMAT_CSVFORMAT_H

#include "app/format/EventFormat.h"

namespace lunaris
{

/// Comma-separated values (RFC 4180, but for lines that end with a newline alone), with a line of names.
/// The names are those of the filter language; what an event lacks is empty. Texts are escaped as for a
/// terminal, \xHH.
class CsvFormat final : public EventFormat
{
public:
    std::string header() const override;
    std::optional<std::string> line(const MonitorEvent &event) override;
};

} // namespace lunaris

#endif
