#include "kiosk/text/message.h"

#include <unicode/messagepattern.h>

#include <algorithm>

#include "kiosk/text/bidi.h"
#include "kiosk/text/date_formats.h"
#include "kiosk/text/icu_text.h"

namespace kiosk::text {

namespace {

constexpr std::string_view kMomentPrefix = "_moment";

core::Error invalid(std::string what, const std::string& where) {
  return core::make_error(core::ErrorKind::Invalid, std::move(what), where);
}

// How many characters of the pattern an error shows, before and after the place.
constexpr int kExcerpt = 16;

std::string excerpt(const icu::UnicodeString& pattern, int offset) {
  const int begin = std::max(0, offset - kExcerpt);
  const int length = std::min(pattern.length() - begin, 2 * kExcerpt);
  return from_icu(pattern.tempSubString(begin, length));
}

std::set<std::string> forms_of(const icu::MessagePattern& parts, int start) {
  std::set<std::string> forms;
  const int limit = parts.getLimitPartIndex(start);
  for (int i = start + 1; i < limit; ++i) {
    const auto& part = parts.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR) forms.insert(from_icu(parts.getSubstring(part)));
    if (part.getType() == UMSGPAT_PART_TYPE_MSG_START) i = parts.getLimitPartIndex(i);
  }
  return forms;
}

icu::UnicodeString isolated(const std::string& text) {
  icu::UnicodeString result = to_icu(kFirstStrongIsolate);
  result.append(to_icu(text)).append(to_icu(kPopIsolate));
  return result;
}

std::string default_moment(const Moment& moment, DateFormats& dates) {
  return dates.by_skeleton("yMMMMEEEEd", moment) + ' ' + dates.by_style(true, "short", moment);
}

}  // namespace

core::Result<icu::UnicodeString> Message::add_moment(const std::string& name, bool time, const std::string& style,
                                                     const std::string& where) {
  if (!is_valid_moment_style(style)) return invalid("date style '" + style + "' is not known", where);
  placeholders_.insert({name, PlaceholderType::Moment});
  icu::UnicodeString text(u'{');
  text.append(to_icu(std::string(kMomentPrefix) + std::to_string(moments_.size()))).append(u'}');
  moments_.push_back({name, time, style});
  return text;
}

core::Status Message::read_argument(const icu::MessagePattern& parts, int start, int& next,
                                    icu::UnicodeString& rewritten, int& copied, const std::string& where) {
  const auto& open = parts.getPart(start);
  const int limit = parts.getLimitPartIndex(start);
  const auto& close = parts.getPart(limit);
  const auto& name_part = parts.getPart(start + 1);
  const std::string name = from_icu(parts.getSubstring(name_part));
  if (name_part.getType() == UMSGPAT_PART_TYPE_ARG_NUMBER) {
    return invalid("argument {" + name + "} must have a name", where);
  }
  if (name.starts_with('_')) return invalid("argument names must not begin with an underscore: {" + name + "}", where);
  const icu::UnicodeString& source = parts.getPatternString();
  const auto replace_with = [&](const icu::UnicodeString& text) {
    rewritten.append(source, copied, open.getIndex() - copied).append(text);
    copied = close.getLimit();
    next = limit;
  };
  switch (open.getArgType()) {
    case UMSGPAT_ARG_TYPE_NONE: {
      placeholders_.insert({name, PlaceholderType::Text});
      icu::UnicodeString text = to_icu(kFirstStrongIsolate);
      replace_with(text.append(u'{').append(to_icu(name)).append(u'}').append(to_icu(kPopIsolate)));
      return {};
    }
    case UMSGPAT_ARG_TYPE_SIMPLE: {
      const std::string type = from_icu(parts.getSubstring(parts.getPart(start + 2)));
      if (type == "number") {
        placeholders_.insert({name, PlaceholderType::Number});
        return {};
      }
      if (type != "date" && type != "time") return invalid("argument type '" + type + "' is not known here", where);
      std::string style;
      if (start + 3 < limit) style = from_icu(parts.getSubstring(parts.getPart(start + 3)).trim());
      KIOSK_TRY(const icu::UnicodeString text, add_moment(name, type == "time", style, where));
      replace_with(text);
      return {};
    }
    case UMSGPAT_ARG_TYPE_SELECT:
      placeholders_.insert({name, PlaceholderType::Select});
      return {};
    case UMSGPAT_ARG_TYPE_PLURAL:
    case UMSGPAT_ARG_TYPE_SELECTORDINAL:
      placeholders_.insert({name, PlaceholderType::Number});
      plurals_.push_back({open.getArgType() == UMSGPAT_ARG_TYPE_SELECTORDINAL, forms_of(parts, start)});
      return {};
    default:
      return invalid("choice arguments are not supported: use plural or select", where);
  }
}

core::Status Message::read_parts(const icu::UnicodeString& pattern, const std::string& where) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  icu::MessagePattern parts(status);
  parts.parse(pattern, &place, status);
  if (U_FAILURE(status)) {
    return invalid(std::string(u_errorName(status)) + " near \"" + excerpt(pattern, place.offset) + '"', where);
  }
  icu::UnicodeString rewritten;
  int copied = 0;
  for (int i = 0; i < parts.countParts(); ++i) {
    if (parts.getPartType(i) != UMSGPAT_PART_TYPE_ARG_START) continue;
    int next = i;
    KIOSK_CHECK(read_argument(parts, i, next, rewritten, copied, where));
    i = next;
  }
  rewritten.append(pattern, copied, pattern.length() - copied);
  format_->applyPattern(rewritten, place, status);
  if (U_FAILURE(status)) {
    return invalid(std::string(u_errorName(status)) + " near \"" + excerpt(rewritten, place.offset) + '"', where);
  }
  return {};
}

core::Result<std::unique_ptr<Message>> Message::compile(const std::string& pattern, const icu::Locale& locale,
                                                        const std::string& where) {
  std::unique_ptr<Message> message(new Message());
  UErrorCode status = U_ZERO_ERROR;
  message->format_ = std::make_unique<icu::MessageFormat>(icu::UnicodeString(), locale, status);
  if (U_FAILURE(status)) return invalid(u_errorName(status), where);
  KIOSK_CHECK(message->read_parts(to_icu(pattern), where));
  return message;
}

core::Result<std::string> Message::format(const Args& args, DateFormats& dates) const {
  const auto find = [&](const std::string& name) {
    return std::find_if(args.begin(), args.end(), [&](const Arg& arg) { return arg.name == name; });
  };
  for (const Placeholder& wanted : placeholders_) {
    if (find(wanted.name) == args.end()) return invalid("argument {" + wanted.name + "} was not given", {});
  }
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const Arg& arg : args) {
    names.push_back(to_icu(arg.name));
    const auto& value = arg.value.get();
    if (const auto* text = std::get_if<std::string>(&value))
      values.emplace_back(to_icu(without_stray_bidi_controls(*text)));
    if (const auto* whole = std::get_if<std::int64_t>(&value)) values.emplace_back(*whole);
    if (const auto* number = std::get_if<double>(&value)) values.emplace_back(*number);
    if (const auto* moment = std::get_if<Moment>(&value)) values.emplace_back(to_icu(default_moment(*moment, dates)));
  }
  for (std::size_t i = 0; i < moments_.size(); ++i) {
    const auto* moment = std::get_if<Moment>(&find(moments_[i].argument)->value.get());
    if (!moment) return invalid("argument {" + moments_[i].argument + "} must be a moment", {});
    names.push_back(to_icu(std::string(kMomentPrefix) + std::to_string(i)));
    values.emplace_back(isolated(dates.by_style(moments_[i].time, moments_[i].style, *moment)));
  }
  icu::UnicodeString result;
  UErrorCode status = U_ZERO_ERROR;
  format_->format(names.data(), values.data(), static_cast<int32_t>(values.size()), result, status);
  if (U_FAILURE(status)) return invalid(std::string("an argument is of the wrong kind: ") + u_errorName(status), {});
  return from_icu(result);
}

}  // namespace kiosk::text
