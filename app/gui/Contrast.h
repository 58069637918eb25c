// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_CONTRAST_H
#define LUNARIS_APP_GUI_CONTRAST_H

#include <QColor>
#include <initializer_list>

/// Contrast of colours as WCAG 2.1 defines it: a ratio from 1 to 21.
namespace lunaris::Contrast
{

double ratio(const QColor &one, const QColor &other);

/// `color` itself where its ratio to each of the others is at least `least`; else the nearest one of its
/// hue, lighter or darker, for which that is so. Black or white where there is none.
QColor adjusted(const QColor &color, std::initializer_list<QColor> others, double least);

} // namespace lunaris::Contrast

#endif
