// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_SENTENCE_SENTENCE_H
#define LUNARIS_PROTO_SENTENCE_SENTENCE_H

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

/// A sentence's pattern, written where it is said, so that lupdate finds it: `context` is that of the
/// translation, by habit the namespace. %1, %2 … stand for the arguments.
#define LUNARIS_SENTENCE(context, text) (::lunaris::Sentence::Pattern{context, text})

namespace lunaris
{

/// What a person is told, or a part of it, by a room without Qt: it stays apart from what is put into it
/// until somebody reads it, so that a window can say it in another language.
class Sentence
{
public:
    /// By LUNARIS_SENTENCE only: a pattern written otherwise would be in no translation.
    struct Pattern {
        const char *context;
        const char *text;
    };

    /// What the pattern is in the reader's language, UTF-8.
    using Translation = std::function<std::string(const char *context, const char *text)>;

    /// Each argument is a text that is the same in every language and safe to print, a number, or a sentence.
    /// No literal: words in it would stay English.
    template<typename... Arguments>
    Sentence(Pattern pattern, const Arguments &...arguments)
        : m_context(pattern.context), m_text(pattern.text), m_arguments{argument(arguments)...}
    {
    }

    /// What nobody translates, such as the system's own words.
    static Sentence asIs(std::string text) { return Sentence(std::move(text)); }

    std::string english() const;

    /// The patterns as `translation` has them. A placeholder without its argument stays; what an argument
    /// holds is never taken for one.
    std::string rendered(const Translation &translation) const;

private:
    explicit Sentence(std::string text) : m_text(std::move(text)) {}

    static Sentence argument(const char *) = delete;
    static Sentence argument(const std::string &text) { return asIs(text); }
    static Sentence argument(std::uint64_t number) { return asIs(std::to_string(number)); }
    static const Sentence &argument(const Sentence &sentence) { return sentence; }

    const char *m_context = nullptr; // none: the text is as it is
    std::string m_text;
    std::vector<Sentence> m_arguments;
};

} // namespace lunaris

#endif
