// SPDX-License-Identifier: MIT
//
// How many events a second a filter looks at, on one core, and what it takes to read one.
// The budget for an expression of three terms is 5 M/s.
#include "dbus/filter/Program.h"
#include "proto/EventNames.h"

#include <benchmark/benchmark.h>
#include <string>
#include <vector>

using namespace lunaris::filter;

namespace
{

/// Events as they come: mostly opens, below a home.
class Events
{
public:
    Events()
    {
        for (std::size_t index = 0; index < count; ++index) {
            m_paths.push_back("/home/tester/Documents/projects/letter-" + std::to_string(100'000 + index) +
                              (index % 8 == 0 ? ".pdf" : ".txt"));
        }
        for (std::size_t index = 0; index < count; ++index) {
            EventMembers &members = m_members.emplace_back();
            members.type =
                index % 16 == 0 ? lunaris::proto::type::processStarted : lunaris::proto::type::fileOpened;
            members.pid = static_cast<std::uint32_t>(1000 + index % 100);
            members.uid = 1000;
            members.comm = "libreoffice";
            members.application = "org.libreoffice.LibreOffice";
            members.subject = m_paths[index];
            members.flags = index % 4 == 0 ? 0x8241 : 0x8000;
            members.mode = 0100644;
        }
    }

    const EventMembers &next()
    {
        m_next = (m_next + 1) % count;
        return m_members[m_next];
    }

private:
    static constexpr std::size_t count = 4096;

    std::vector<std::string> m_paths;
    std::vector<EventMembers> m_members;
    std::size_t m_next = 0;
};

/// The view is made for each event, as whoever filters has to.
void passes(benchmark::State &state, const std::string &filter, double budgetPerSecond)
{
    const Result<Program> program = Program::compile(std::get<Expression>(parse(filter)));
    Events events;
    std::size_t passed = 0;
    for (auto _ : state) {
        passed += std::get<Program>(program).passes(EventView(events.next())) ? 1 : 0;
    }
    benchmark::DoNotOptimize(passed);
    state.SetItemsProcessed(state.iterations());
    if (budgetPerSecond > 0) {
        state.counters["budget"] = budgetPerSecond;
    }
    state.counters["passed_%"] =
        100.0 * static_cast<double>(passed) / static_cast<double>(state.iterations());
}

void readAndCompile(benchmark::State &state, const std::string &filter)
{
    for (auto _ : state) {
        benchmark::DoNotOptimize(Program::compile(std::get<Expression>(parse(filter))));
    }
}

std::string repeated(const std::string &piece)
{
    std::string text;
    while (text.size() + piece.size() <= maximumSize / 2) {
        text += piece;
    }
    return text;
}

const std::string texts = "path startswith /home/ and ext == pdf and not comm contains vim";
const std::string numbers = "pid == 1042 and uid == 1000 and flags has O_WRONLY|O_CREAT";
const std::string words = "letter tester office";
const std::string globs = "path glob /home/*.pdf or name glob letter-* or dir glob *projects*";
const std::string patterns = "path matches \"letter-[0-9]+\\\\.pdf$\" and uid == 1000 and pid > 1";

} // namespace

int main(int argc, char **argv)
{
    constexpr double budget = 5e6;
    benchmark::RegisterBenchmark("threeTexts", passes, texts, budget);
    benchmark::RegisterBenchmark("threeNumbers", passes, numbers, budget);
    benchmark::RegisterBenchmark("threeWords", passes, words, budget);
    benchmark::RegisterBenchmark("threeGlobs", passes, globs, budget);
    benchmark::RegisterBenchmark("aPatternAndTwoNumbers", passes, patterns, 0);
    benchmark::RegisterBenchmark("everything", passes, std::string(), 0);
    benchmark::RegisterBenchmark("readThreeTexts", readAndCompile, texts);
    benchmark::RegisterBenchmark("readManyWords", readAndCompile, repeated("ab "));
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 2;
    }
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
