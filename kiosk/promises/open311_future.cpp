#include "kiosk/promises/open311_future.h"

#include <algorithm>

#include "kiosk/core/log.h"

namespace kiosk::promises::open311 {
namespace {

bool is_of_kind(std::string_view name, const std::string& kind) { return name.starts_with(kind + ":"); }

// The code that the name stands for among the questions of that kind; empty: it is of another kind.
std::string_view code_in(std::string_view name, const std::string& kind) {
  if (is_of_kind(name, kind)) return name.substr(kind.size() + 1);
  return name.find(':') == std::string_view::npos ? name : std::string_view();
}

}  // namespace

FutureQuestions::FutureQuestions(std::string back_end, std::vector<std::string> names)
    : back_end_(std::move(back_end)) {
  for (std::string& name : names) names_.push_back({std::move(name)});
}

void FutureQuestions::mark(ReportForm& form) {
  const std::string& kind = form.target.type_code;
  for (Name& name : names_) {
    const std::string_view code = code_in(name.text, kind);
    for (ReportQuestion& question : form.questions) {
      if (code.empty() || question.code != code || question.kind != ReportQuestion::Kind::Moment) continue;
      question.of_future = true;
      name.found = true;
    }
  }
  read_.insert(kind);
}

bool FutureQuestions::is_missing(const std::vector<ReportType>& types, std::string_view name) const {
  const bool of_some_kind = name.find(':') != std::string_view::npos;
  return std::none_of(types.begin(), types.end(), [&](const ReportType& type) {
    const bool may_hold = type.has_questions && (!of_some_kind || is_of_kind(name, type.code));
    return may_hold && !read_.contains(type.code);
  });
}

std::vector<std::string> FutureQuestions::tell_missing(const std::vector<ReportType>& types) {
  std::vector<std::string> missing;
  if (types.empty()) return missing;  // a bad day of the server's, not the site's slip
  for (Name& name : names_) {
    if (name.found || name.told || !is_missing(types, name.text)) continue;
    name.told = true;
    missing.push_back(name.text);
    core::log_warning("promises.no_such_future_question", {{"back_end", back_end_}, {"question", name.text}});
  }
  return missing;
}

}  // namespace kiosk::promises::open311
