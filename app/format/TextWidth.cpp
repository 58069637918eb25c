// SPDX-License-Identifier: MIT
#include "app/format/TextWidth.h"

#include <cwchar>
#include <vector>

namespace lunaris::TextWidth
{

namespace
{

struct Piece {
    std::string_view bytes;
    int cells;
};

std::vector<Piece> pieces(std::string_view text)
{
    std::vector<Piece> result;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t size = 1;
        while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xc0) == 0x80) {
            ++size;
        }
        const auto first = static_cast<unsigned char>(text[at]);
        wchar_t code = size == 1 ? first : first & (0xff >> (size + 1));
        for (std::size_t index = 1; index < size; ++index) {
            code = static_cast<wchar_t>(code << 6 | (static_cast<unsigned char>(text[at + index]) & 0x3f));
        }
        const int width = wcwidth(code);
        // What the locale does not know is drawn as a box.
        result.push_back({text.substr(at, size), width < 0 ? 1 : width});
        at += size;
    }
    return result;
}

} // namespace

int cells(std::string_view text)
{
    int sum = 0;
    for (const Piece &piece : pieces(text)) {
        sum += piece.cells;
    }
    return sum;
}

std::string fit(std::string_view text, int width)
{
    const int whole = cells(text);
    if (whole <= width) {
        return std::string(text) + std::string(static_cast<std::size_t>(width - whole), ' ');
    }
    std::string result;
    int left = width - 1;
    for (const Piece &piece : pieces(text)) {
        if (piece.cells > left) {
            break;
        }
        result += piece.bytes;
        left -= piece.cells;
    }
    return width < 1 ? std::string() : result + "…" + std::string(static_cast<std::size_t>(left), ' ');
}

std::string keepEnd(std::string_view text, int width)
{
    int tooMuch = cells(text) - width;
    if (tooMuch <= 0) {
        return std::string(text);
    }
    if (width < 1) {
        return {};
    }
    ++tooMuch; // for the sign that something is missing
    const std::vector<Piece> all = pieces(text);
    std::size_t bytes = 0;
    for (auto piece = all.begin(); piece != all.end() && (tooMuch > 0 || piece->cells == 0); ++piece) {
        tooMuch -= piece->cells;
        bytes += piece->bytes.size();
    }
    return "…" + std::string(text.substr(bytes));
}

} // namespace lunaris::TextWidth
