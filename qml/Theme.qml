// SPDX-License-Identifier: MIT
pragma Singleton
import QtQuick
import org.lunaris.KernelMonitor.Gui

/// The tokens of the Lunaris desktop. Dark or light is what the person has chosen for this window, else what the
/// Lunaris desktop says, else what the system palette is.
QtObject {
    id: theme

    readonly property SystemPalette system: SystemPalette {}
    readonly property FontMetrics standard: FontMetrics {}
    readonly property Text sample: Text {
        font: Application.font
    }
    property Appearance appearance: Appearance {}
    property int look: Settings.System
    readonly property bool dark: {
        if (look !== Settings.System) {
            return look === Settings.Dark;
        }
        return appearance.mode === Appearance.Unknown ? system.window.hslLightness < 0.5
            : appearance.mode === Appearance.Dark;
    }

    readonly property color shell: dark ? "#0a0a0a" : "#f5f5f5"
    readonly property color app: dark ? "#0f0f0f" : "#ffffff"
    readonly property color card: dark ? "#171717" : "#fafafa"
    readonly property color input: dark ? "#1a1a1a" : "#f0f0f0"

    readonly property color text: dark ? "#fafafa" : "#171717"
    readonly property color textSecondary: dark ? "#a1a1aa" : "#525252"
    readonly property color textDisabled: dark ? "#52525b" : "#a3a3a3"

    readonly property color textOnAccent: "#ffffff"
    readonly property color accent: appearance.hasAccent ? appearance.accentUnder(textOnAccent) : "#4f46e5"
    readonly property color accentHover: appearance.hasAccent ? Qt.darker(accent, 1.15) : "#4338ca"
    // Readable on the darkest and on the lightest surface.
    readonly property color accentText: appearance.hasAccent ? appearance.accentOn(shell, input)
        : dark ? "#818cf8" : "#4f46e5"

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

    readonly property real radiusChip: 4 * appearance.radiusIntensity
    readonly property real radiusButton: 6 * appearance.radiusIntensity
    readonly property real radiusInput: 8 * appearance.radiusIntensity
    readonly property real radiusCard: 12 * appearance.radiusIntensity
    readonly property real radiusDialog: 16 * appearance.radiusIntensity

    // Larger text takes larger lines.
    readonly property int heightTag: scaled(16)
    readonly property int heightControl: scaled(28)
    readonly property int heightRow: scaled(24)
    readonly property int heightLine: scaled(40)

    readonly property int motion: appearance.reduceMotion ? 0 : 120

    readonly property string interfaceFont: available(appearance.interfaceFont,
        available("Inter", standard.font.family))
    readonly property string monospaceFont: available(appearance.monospaceFont,
        available("JetBrains Mono", "monospace"))
    // As large as elsewhere on this desktop, where that is larger.
    readonly property int sizeText: appearance.fontSize > 0 ? appearance.fontSize
        : Math.max(13, Math.round(sample.fontInfo.pixelSize))
    /// How much larger that is than what everything else is made for.
    readonly property real letters: Math.max(1, sizeText / 13)
    readonly property int sizeTitle: sizeText + 3
    readonly property int sizeData: sizeText - 1
    readonly property int sizeSmall: Math.max(9, sizeText - 2)

    // Qt 6.4 does not tell a screen reader that something is disabled.
    readonly property string unavailable: qsTr("Not available now")

    /// A path, a filter or a command within other text: it reads from the left in every language.
    function isolated(text: string): string {
        return text.length > 0 ? "\u2066" + text + "\u2069" : "";
    }

    function scaled(height: int): int {
        return Math.round(height * letters);
    }

    function available(family: string, fallback: string): string {
        return Array.from(Qt.fontFamilies()).includes(family) ? family : fallback;
    }
}
