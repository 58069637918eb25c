// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_PREFILTERQUESTIONS_H
#define LUNARIS_TESTS_KERNEL_PREFILTERQUESTIONS_H

#include <functional>
#include <string>
#include <vector>

namespace lunaris
{

/// One question: what is there ("f", "g" and the directories "d" and "e" with an "f" each), what is done
/// in a child, and the verdicts on its opens: k kept, d a duplicate.
struct Question {
    const char *name;
    std::function<void(const std::string &directory)> act;
    const char *verdicts;
};

std::vector<Question> prefilterQuestions();

} // namespace lunaris

#endif
