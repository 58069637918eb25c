// SPDX-License-Identifier: MIT
pragma Singleton
import QtQuick

/// The tokens of the Lunaris desktop. Dark or light is the system palette's choice.
QtObject {
    id: theme

    readonly property SystemPalette system: SystemPalette {}
    readonly property FontMetrics standard: FontMetrics {}
    readonly property bool dark: system.window.hslLightness < 0.5

    readonly property color shell: dark ? "#0a0a0a" : "#f5f5f5"
    readonly property color app: dark ? "#0f0f0f" : "#ffffff"
    readonly property color card: dark ? "#171717" : "#fafafa"
    readonly property color input: dark ? "#1a1a1a" : "#f0f0f0"

    readonly property color text: dark ? "#fafafa" : "#171717"
    readonly property color textSecondary: dark ? "#a1a1aa" : "#525252"
    readonly property color textDisabled: dark ? "#52525b" : "#a3a3a3"

    readonly property color accent: "#4f46e5"
    readonly property color accentHover: "#4338ca"
    readonly property color textOnAccent: "#ffffff"
    readonly property color accentText: dark ? "#818cf8" : "#4f46e5"

    readonly property color border: dark ? "#262626" : "#e5e5e5"
    readonly property color borderStrong: dark ? "#3f3f46" : "#d4d4d4"

    readonly property color error: dark ? "#ef4444" : "#b91c1c"
    readonly property color warning: dark ? "#f59e0b" : "#b45309"
    readonly property color success: dark ? "#10b981" : "#047857"

    /// A surface tinted with a colour, for what lies on `app`.
    function tint(tone: color, strength: real): color {
        return Qt.tint(app, Qt.rgba(tone.r, tone.g, tone.b, strength));
    }

    readonly property color rowHover: tint(text, 0.05)
    readonly property color rowCurrent: tint(accent, dark ? 0.28 : 0.12)

    readonly property int radiusChip: 4
    readonly property int radiusButton: 6
    readonly property int radiusInput: 8
    readonly property int radiusCard: 12

    readonly property int heightTag: 16
    readonly property int heightControl: 28
    readonly property int heightRow: 24
    readonly property int heightLine: 40

    readonly property int motion: 120

    readonly property string interfaceFont: available("Inter", standard.font.family)
    readonly property string monospaceFont: available("JetBrains Mono", "monospace")
    readonly property int sizeTitle: 16
    readonly property int sizeText: 13
    readonly property int sizeData: 12
    readonly property int sizeSmall: 11

    function available(family: string, fallback: string): string {
        return Array.from(Qt.fontFamilies()).includes(family) ? family : fallback;
    }
}
