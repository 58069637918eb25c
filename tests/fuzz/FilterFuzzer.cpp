// SPDX-License-Identifier: MIT
//
// Anything as a filter, on the way that the helper takes it: read, printed, made a program, asked about an
// event; and completed, as the window does it. What does not hold ends the program.
#include "dbus/filter/Completion.h"
#include "dbus/filter/Program.h"
#include "proto/EventNames.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace lunaris::filter;

namespace
{

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

EventView someEvent(std::string_view text)
{
    EventMembers members;
    members.type = lunaris::proto::type::fileOpened;
    members.comm = text.substr(0, 15);
    members.application = "org.example.Reader";
    members.subject = text; // a path of the same bytes: what is looked for is there now and then
    members.flags = 0x8241;
    members.mode = 0100644;
    return EventView(members);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t cursor = size == 0 ? 0 : data[0] % (size + 1);
    require(complete(text, cursor).from <= cursor);

    const Result<Expression> parsed = parse(text);
    if (const auto *const error = std::get_if<Error>(&parsed)) {
        require(error->at.end() <= size && !error->sentence.english().empty());
        return 0;
    }
    const auto &expression = std::get<Expression>(parsed);
    const Result<Expression> again = parse(print(expression));
    require(std::holds_alternative<Expression>(again) && std::get<Expression>(again) == expression);

    const Result<Program> program = Program::compile(expression);
    if (const auto *const error = std::get_if<Error>(&program)) {
        require(error->at.end() <= size && !error->sentence.english().empty());
        return 0;
    }
    std::get<Program>(program).passes(someEvent(text));
    std::get<Program>(program).passes(EventView());
    return 0;
}
