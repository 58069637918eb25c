// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_OCSFFACTS_H
#define LUNARIS_TESTS_UNIT_OCSFFACTS_H

#include <QJsonObject>
#include <QString>

namespace lunaris::test
{

/// What is wrong with an event by the rules of OCSF 1.3.0 for File System Activity, Process Activity and
/// Network Activity: attributes that are missing or unknown, of a wrong type, out of their enumeration, or
/// at odds with each other; empty if nothing. Knows the part of the schema that this project uses: an
/// attribute of the schema that it does not know is reported as unknown.
QString problemByOcsf(const QJsonObject &event);

} // namespace lunaris::test

#endif
