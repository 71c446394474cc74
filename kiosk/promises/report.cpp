#include "kiosk/promises/report.h"

#include <array>
#include <utility>

namespace kiosk::promises {
namespace {

constexpr std::array<std::pair<ReportState, std::string_view>, 7> kNames{{
    {ReportState::Drafted, "drafted"},
    {ReportState::Queued, "queued"},
    {ReportState::Sending, "sending"},
    {ReportState::Sent, "sent"},
    {ReportState::Refused, "refused"},
    {ReportState::Unknown, "unknown"},
    {ReportState::Withdrawn, "withdrawn"},
}};

}  // namespace

bool is_open(ReportState state) {
  return state == ReportState::Drafted || state == ReportState::Queued || state == ReportState::Sending ||
         state == ReportState::Unknown;
}

std::string_view to_string(ReportState state) {
  for (const auto& [each, name] : kNames) {
    if (each == state) return name;
  }
  return "unknown";
}

std::optional<ReportState> report_state(std::string_view name) {
  for (const auto& [state, each] : kNames) {
    if (each == name) return state;
  }
  return std::nullopt;
}

}  // namespace kiosk::promises
