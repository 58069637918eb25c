// SPDX-License-Identifier: MIT
#include "app/gui/Contrast.h"

#include <algorithm>
#include <cmath>

namespace lunaris::Contrast
{

namespace
{

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double ratio(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor adjusted(const QColor &color, std::initializer_list<QColor> others, double least)
{
    const auto suffices = [&](const QColor &candidate) {
        return std::all_of(others.begin(), others.end(),
                           [&](const QColor &other) { return ratio(candidate, other) >= least; });
    };
    const auto withLightness = [&color](int lightness) {
        return QColor::fromHsl(color.hslHue(), color.hslSaturation(), lightness).toRgb();
    };
    if (suffices(color)) {
        return color;
    }
    const int from = color.lightness();
    for (int step = 1; step <= 255; ++step) {
        for (const int lightness : {from - step, from + step}) {
            if (lightness >= 0 && lightness <= 255 && suffices(withLightness(lightness))) {
                return withLightness(lightness);
            }
        }
    }
    return suffices(Qt::white) ? QColor(Qt::white) : QColor(Qt::black);
}

} // namespace lunaris::Contrast
