// SPDX-License-Identifier: MIT
#include "app/format/CsvFormat.h"

#include "app/format/EventFields.h"
#include "proto/Escape.h"

#include <array>

namespace lunaris
{

namespace
{

using filter::Field;

constexpr std::array texts = {Field::Type, Field::Comm, Field::App, Field::Path, Field::Addr};
constexpr std::array numbers = {Field::Pid,  Field::Ppid,   Field::Uid,   Field::Flags,
                                Field::Mode, Field::Result, Field::Bytes, Field::Port};

std::string quoted(const std::string &text)
{
    if (text.find_first_of(",\"") == std::string::npos) {
        return text;
    }
    std::string result = "\"";
    for (const char character : text) {
        result += character == '"' ? std::string("\"\"") : std::string(1, character);
    }
    return result + '"';
}

} // namespace

std::string CsvFormat::header() const
{
    return "time,type,comm,app,path,addr,pid,ppid,uid,flags,mode,result,bytes,port,attributes\n";
}

std::optional<std::string> CsvFormat::line(const MonitorEvent &event)
{
    const EventFields fields(event);
    std::string line = std::to_string(event.time);
    for (const Field field : texts) {
        line += ',';
        if (fields.view().has(field)) {
            line += quoted(proto::toPrintable(fields.view().text(field)));
        }
    }
    for (const Field field : numbers) {
        line += ',';
        if (fields.view().has(field)) {
            line += std::to_string(fields.view().number(field));
        }
    }
    return line + ',' + std::to_string(event.attributes) + '\n';
}

} // namespace lunaris
