// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_SETTLED_H
#define LUNARIS_TESTS_QML_SETTLED_H

#include "app/gui/PacedListModel.h"

#include <QTest>

namespace lunaris::test
{

/// Waits until the list is in the order that was asked for last; false where it never is.
inline bool settled(const PacedListModel &model)
{
    return QTest::qWaitFor([&model] { return !model.isArranging(); });
}

} // namespace lunaris::test

#endif
