#include "kiosk/visit/report_flow.h"

#include <algorithm>

#include "kiosk/directory/actions.h"

namespace kiosk::visit {

using promises::ReportQuestion;
using promises::ReportState;

std::optional<ReportOutcome> outcome_of(const promises::Report& report) {
  switch (report.state) {
    case ReportState::Sent:
      if (!report.request_id.empty()) return ReportOutcome::Numbered;
      return report.token.empty() ? ReportOutcome::Taken : ReportOutcome::AwaitsNumber;
    case ReportState::Queued:
      return ReportOutcome::NotYetSent;
    case ReportState::Sending:
    case ReportState::Unknown:
      return ReportOutcome::NotKnown;
    case ReportState::Refused:
      return ReportOutcome::Refused;
    case ReportState::Drafted:
    case ReportState::Withdrawn:
      break;
  }
  return std::nullopt;
}

bool is_sent(ReportOutcome outcome) {
  return outcome == ReportOutcome::Numbered || outcome == ReportOutcome::AwaitsNumber ||
         outcome == ReportOutcome::Taken;
}

namespace {

std::string_view leaf_of(ReportOutcome outcome) {
  switch (outcome) {
    case ReportOutcome::Numbered:
      return "numbered";
    case ReportOutcome::AwaitsNumber:
      return "awaits";
    case ReportOutcome::Taken:
      return "taken";
    case ReportOutcome::NotYetSent:
      return "queued";
    case ReportOutcome::NotKnown:
      break;
    case ReportOutcome::Refused:
      return "refused";
  }
  return "unknown";
}

}  // namespace

std::string word_stem(ReportOutcome outcome, bool call_back) {
  return (call_back ? "call_back.done." : "report.done.") + std::string(leaf_of(outcome));
}

bool is_call_back(const settings::Settings& settings, const promises::ReportTarget& target) {
  return std::any_of(settings.bookings.begin(), settings.bookings.end(), [&](const settings::BookingEntry& entry) {
    const auto link = directory::parse_action_link(entry.call_back);
    return link && promises::ReportTarget{link->backend, link->service_id} == target;
  });
}

std::string report_system_name(const settings::Settings& settings, const promises::ReportTarget& target) {
  const settings::ReportEntry* entry = settings::report_entry(settings, target.backend);
  return entry ? entry->name : settings.contact.name;
}

const ReportQuestion* question_of(const ReportFlow& flow, const ReportStep& step) {
  const auto& questions = flow.form.value.questions;
  const bool asked = step.kind == ReportStep::Kind::Question && step.question < questions.size();
  return asked ? &questions[step.question] : nullptr;
}

bool is_required(const ReportFlow& flow, const ReportStep& step, const settings::Settings& settings) {
  switch (step.kind) {
    case ReportStep::Kind::Question: {
      const ReportQuestion* question = question_of(flow, step);
      return question && question->required && question->kind != ReportQuestion::Kind::Notice;
    }
    case ReportStep::Kind::Description: {  // where nothing else was asked there would be nothing to go by
      if (is_call_back(settings, flow.target)) return false;
      for (const ReportQuestion& question : flow.form.value.questions) {
        if (question.kind != ReportQuestion::Kind::Notice && question.required) return false;
      }
      return true;
    }
    case ReportStep::Kind::Contact:
      return true;
    case ReportStep::Kind::Telephone:
      return is_call_back(settings, flow.target);
    case ReportStep::Kind::Name:
    case ReportStep::Kind::Email:
      break;
  }
  return false;
}

std::size_t steps_foreseen(const ReportFlow& flow, const settings::Settings& settings) {
  constexpr std::size_t kOfContact = 3;  // name, e-mail, telephone
  return flow.steps.size() + (flow.contact || is_call_back(settings, flow.target) ? 0 : kOfContact);
}

std::optional<core::GeoPoint> report_point(const ReportFlow& flow, const settings::Settings& settings) {
  if (is_call_back(settings, flow.target) || flow.way == ReportWay::Here) return settings.kiosk.point;
  if (flow.way == ReportWay::Postcode && flow.area.ready()) return flow.area.value.point;
  return std::nullopt;
}

core::SecretText report_words(const ReportFlow& flow, const settings::Settings& settings) {
  std::string known;
  if (is_call_back(settings, flow.target) || flow.way == ReportWay::Here) known = settings.kiosk.name;
  if (flow.way == ReportWay::Postcode) known = flow.postcode.text.reveal();
  if (known.empty()) return flow.place.text;
  if (flow.place.text.empty()) return core::SecretText(std::move(known));
  std::string both = flow.place.text.reveal() + ", " + known;
  core::wipe(known);
  return core::SecretText(std::move(both));
}

}  // namespace kiosk::visit
