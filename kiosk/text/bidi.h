// Directions of writing, and text that comes from outside: what makes it safe to put into a sentence of any direction.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk::text {

enum class Direction { LeftToRight, RightToLeft };

// The direction a language is written in; unknown languages are left to right. `language` is a BCP 47 tag: "ar", "cy".
Direction direction_of(std::string_view language);

// Unicode Standard Annex 9: text between one of the first two and the last keeps its own order.
inline constexpr std::string_view kFirstStrongIsolate = "\u2068", kLeftToRightIsolate = "\u2066",
                                  kPopIsolate = "\u2069";

// FSI + text + PDI (Unicode Standard Annex 9): the text keeps its own order and disturbs no neighbour. Without it, a
// phone number in an Arabic sentence is shown with its groups swapped. Stray isolate characters inside are removed.
std::string isolate(std::string_view text);

// Without embeddings and overrides. Isolates stay where each is closed inside and none forces right to left, as those
// of a list's items are; else they go as well: a text can't reach beyond its end, nor turn a number around.
std::string without_stray_bidi_controls(std::string_view text);

// Without isolate, embedding and override characters: for names in the scene, for speech, for comparing.
std::string without_bidi_controls(std::string_view text);

// For right-to-left pages: lines without a right-to-left letter keep their own order, wherever they break, beside lines
// that have some.
std::string lines_in_own_direction(std::string_view text);

// For numbers that must not be torn apart at the end of a line, like phone numbers: spaces become no-break spaces, and
// hyphens no-break hyphens. For showing only; what is sent, spoken or compared keeps its own characters.
std::string unbroken(std::string_view text);

// True where any character belongs to a right-to-left script, or is an Arabic number.
bool has_right_to_left(std::string_view text);

// Text from feeds, scanners and people, made harmless to show: valid UTF-8 (U+FFFD for what is not), at most
// `max_bytes` cut between characters, without controls (tab becomes a space; line feeds stay), bidi overrides,
// embeddings and isolates, tag characters, non-characters and byte order marks; at most 8 combining marks in a row.
// Joiners (U+200C, U+200D) stay: Persian, Bengali and others need them to be spelt.
std::string clean_outside_text(std::string_view text, std::size_t max_bytes = 64 * 1024);

}  // namespace kiosk::text
