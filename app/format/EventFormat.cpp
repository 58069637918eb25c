// SPDX-License-Identifier: MIT
#include "app/format/EventFormat.h"

#include "app/format/ColumnsFormat.h"
#include "app/format/CsvFormat.h"
#include "app/format/JsonFormat.h"
#include "app/format/LineFormat.h"
#include "app/format/OcsfFormat.h"

namespace lunaris
{

QStringList formatNames()
{
    return {QStringLiteral("columns"), QStringLiteral("line"), QStringLiteral("json"), QStringLiteral("csv"),
            QStringLiteral("ocsf")};
}

std::unique_ptr<EventFormat> makeFormat(const QString &name, const FormatSettings &settings)
{
    if (name == QLatin1String("columns")) {
        return std::make_unique<ColumnsFormat>(settings);
    }
    if (name == QLatin1String("line")) {
        return std::make_unique<LineFormat>();
    }
    if (name == QLatin1String("json")) {
        return std::make_unique<JsonFormat>();
    }
    if (name == QLatin1String("csv")) {
        return std::make_unique<CsvFormat>();
    }
    if (name == QLatin1String("ocsf")) {
        return std::make_unique<OcsfFormat>(settings);
    }
    return nullptr;
}

} // namespace lunaris
