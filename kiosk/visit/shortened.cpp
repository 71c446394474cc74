#include "kiosk/visit/shortened.h"

#include "kiosk/core/pause.h"
#include "kiosk/core/strings.h"

namespace kiosk::visit {

std::string shortened(std::string_view paragraph, std::size_t max_bytes, CutAfter cut) {
  if (paragraph.size() <= max_bytes) return std::string(paragraph);
  const std::string_view head = core::truncate_utf8(paragraph, max_bytes);
  const std::size_t sentence = cut == CutAfter::Sentence ? head.rfind(". ") : std::string_view::npos;
  if (sentence != std::string_view::npos && sentence > max_bytes / 3) return std::string(head.substr(0, sentence + 1));
  const std::size_t word = head.rfind(' ');
  const std::string_view whole =
      core::without_pause(head.substr(0, word == std::string_view::npos ? head.size() : word));
  return std::string(whole) + std::string(core::kEllipsis);
}

std::string beginning_of(std::string_view text, std::size_t max_bytes, CutAfter cut) {
  const std::string_view all = core::trim(text);
  std::string beginning = shortened(core::trim(all.substr(0, all.find('\n'))), max_bytes, cut);
  if (beginning.ends_with(':')) beginning.replace(beginning.size() - 1, 1, core::kEllipsis);
  return beginning;
}

}  // namespace kiosk::visit
