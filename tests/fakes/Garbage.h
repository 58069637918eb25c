// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_GARBAGE_H
#define LUNARIS_TESTS_FAKES_GARBAGE_H

#include <QString>
#include <QStringList>
#include <optional>

namespace lunaris::test
{

class FakeHelper;

/// What a helper gone mad, or one of another version, may say.
enum class Garbage {
    // Events that cannot be: the subscription is of no use any more.
    NoArguments,
    OtherArguments,
    OtherEvents,
    Repeated,    ///< numbers that have come before
    Disorder,    ///< numbers that are not consecutive
    Overstated,  ///< fewer numbers are missing than are said to be
    HugeNumber,  ///< the largest sequence number there is
    HugeDropped, ///< more events are missing than there can be
    HugeTime,
    HugeValue,
    HugeText,
    // What can be shown as it is, or is nobody's business.
    OddEvents,  ///< an unknown type, every bit set, paths of bytes that are no text
    OtherWatch, ///< events and an end for a subscription that is not there
    Ended,      ///< an end with other arguments
    Properties, ///< of other types, of another interface, unknown ones
};

/// The words for them in a script: "no-arguments", …
QStringList garbageNames();
std::optional<Garbage> garbageOf(const QString &name);

/// Sends it to every subscriber.
void send(FakeHelper &helper, Garbage kind);

} // namespace lunaris::test

#endif
