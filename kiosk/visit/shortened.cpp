#include "kiosk/visit/shortened.h"

#include "kiosk/core/strings.h"

namespace kiosk::visit {

std::string_view first_paragraph(std::string_view text) {
  return core::trim(core::trim(text).substr(0, core::trim(text).find('\n')));
}

std::string shortened(std::string_view paragraph, std::size_t max_bytes, CutAfter cut) {
  if (paragraph.size() <= max_bytes) return std::string(paragraph);
  const std::string_view head = core::truncate_utf8(paragraph, max_bytes);
  const std::size_t sentence = cut == CutAfter::Sentence ? head.rfind(". ") : std::string_view::npos;
  if (sentence != std::string_view::npos && sentence > max_bytes / 3) return std::string(head.substr(0, sentence + 1));
  const std::size_t word = head.rfind(' ');
  return std::string(head.substr(0, word == std::string_view::npos ? head.size() : word)) + "\u2026";
}

}  // namespace kiosk::visit
