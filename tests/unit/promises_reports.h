// What the tests of reports share: a back end whose books are a file, and which does what it is told to each request;
// a kiosk's desk for reports in front of it.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <deque>
#include <fstream>
#include <set>

#include "kiosk/promises/report_desk.h"
#include "tests/unit/promises_support.h"

namespace kiosk::promises::testing {

// What becomes of a report that is sent.
enum class OnSend {
  Take,
  LoseAnswer,   // taken, and no answer comes
  Vanish,       // not taken, and no answer comes
  Garble,       // taken; what comes is no answer of this kind of server
  Away,         // never reached
  Busy,         // "later"
  BadContent,   // refused for what it says
  UnknownType,  // there is no such kind of report
  BadKey,       // refused for who sends it
};
enum class OnLook { Answer, Away, Blind, Empty };

// A back end. Its books outlive it and the process: a line a report, its reference; the number is the line's.
class BookKeeper final : public ReportBackend {
 public:
  BookKeeper(std::filesystem::path books, const core::Clock& clock) : books_(std::move(books)), clock_(clock) {}

  std::deque<OnSend> on_send;  // one each; Take where none is left
  OnSend then = OnSend::Take;
  OnLook on_look = OnLook::Answer;
  ReportAnswer answer = ReportAnswer::AtOnce;
  bool number_ready = true;        // of a back end that gives it later
  core::Milliseconds shows_in{0};  // from taking to showing in the books
  std::function<void()> around;    // called before and after each request
  std::vector<std::string> sent;   // references, as they were asked for
  std::vector<std::string> said;   // descriptions
  int looks = 0, redeems = 0;

  core::Result<std::vector<ReportType>> types(work::CancelToken) override {
    return std::vector<ReportType>{{"pothole", "Pothole", "", "Roads", {}, answer, false}};
  }
  core::Result<ReportForm> form(const std::string& type, work::CancelToken) override {
    if (type != "pothole") return core::make_error(core::ErrorKind::NotFound, "no such kind", type);
    return ReportForm{{"streets", type}, "Pothole", {}};
  }
  core::Result<ReportReceipt> send(const Report& report, const ReportContent& content, work::CancelToken) override {
    const Around around_this(*this);
    using core::ErrorKind;
    sent.push_back(report.reference);
    said.push_back(content.description.reveal());
    const OnSend what = on_send.empty() ? then : on_send.front();
    if (!on_send.empty()) on_send.pop_front();
    switch (what) {
      case OnSend::Take:
        return receipt(write(report.reference));
      case OnSend::LoseAnswer:
        write(report.reference);
        return core::make_error(ErrorKind::Timeout, "no answer");
      case OnSend::Vanish:
        return core::make_error(ErrorKind::Interrupted, "connection lost");
      case OnSend::Garble:
        write(report.reference);
        return core::make_error(ErrorKind::Unsupported, "a page, not an answer");
      case OnSend::Away:
        return core::make_error(ErrorKind::Unavailable, "cannot connect");
      case OnSend::Busy:
        return core::make_error(ErrorKind::RateLimited, "too many requests");
      case OnSend::BadContent:
        return core::make_error(ErrorKind::Invalid, "Planted Surname is not welcome");
      case OnSend::UnknownType:
        return core::make_error(ErrorKind::NotFound, "no such kind");
      case OnSend::BadKey:
        return core::make_error(ErrorKind::Refused, "403");
    }
    return core::make_error(ErrorKind::Internal, "not reached");
  }
  core::Result<std::optional<RemoteReport>> find(const Report& report, work::CancelToken) override {
    const Around around_this(*this);
    looks++;
    KIOSK_CHECK(look());
    const int number = number_of(report.reference);
    const auto taken = taken_.find(report.reference);
    const bool shows = taken == taken_.end() || clock_.monotonic() >= taken->second + shows_in;
    if (on_look == OnLook::Empty || number == 0 || !shows) return std::optional<RemoteReport>();
    return std::optional<RemoteReport>(remote(std::to_string(number)));
  }
  core::Result<std::optional<std::string>> redeem(const std::string& token, work::CancelToken) override {
    const Around around_this(*this);
    redeems++;
    KIOSK_CHECK(look());
    if (!token.starts_with("token-")) return core::make_error(core::ErrorKind::NotFound, "no such token");
    if (!number_ready) return std::optional<std::string>();
    return std::optional<std::string>(token.substr(6));
  }
  core::Result<RemoteReport> read(const std::string& request_id, work::CancelToken) override {
    const Around around_this(*this);
    KIOSK_CHECK(look());
    return remote(request_id);
  }
  core::Result<std::vector<RemoteReport>> near(const std::string&, const core::GeoPoint&, double,
                                               work::CancelToken) override {
    return std::vector<RemoteReport>{remote("1")};
  }

 private:
  struct Around {
    explicit Around(BookKeeper& keeper) : keeper_(keeper) { call(); }
    ~Around() { call(); }
    void call() const {
      if (keeper_.around) keeper_.around();
    }
    BookKeeper& keeper_;
  };
  core::Status look() const {
    if (on_look == OnLook::Away) return core::make_error(core::ErrorKind::Timeout, "no answer");
    if (on_look == OnLook::Blind) return core::make_error(core::ErrorKind::Unsupported, "can't be asked");
    return {};
  }
  int write(const std::string& reference) {
    taken_[reference] = clock_.monotonic();
    std::FILE* const file = std::fopen(books_.c_str(), "ae");
    REQUIRE(file);
    std::fprintf(file, "%s\n", reference.c_str());
    std::fclose(file);
    return number_of(reference);
  }
  int number_of(const std::string& reference) const {
    std::ifstream file(books_);
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      number++;
      if (line == reference) return number;
    }
    return 0;
  }
  ReportReceipt receipt(int number) const {
    if (answer == ReportAnswer::AtOnce) return {std::to_string(number), "", "Within five days."};
    if (answer == ReportAnswer::Later) return {"", "token-" + std::to_string(number), ""};
    return {};
  }
  static RemoteReport remote(const std::string& request_id) {
    RemoteReport report;
    report.request_id = request_id;
    report.status_notes = "Seen";
    return report;
  }

  std::filesystem::path books_;
  const core::Clock& clock_;
  std::map<std::string, core::Milliseconds> taken_;
};

inline std::filesystem::path books_in(const Folder& folder) { return folder.database().parent_path() / "books"; }

// What the back end has, as a list of references.
inline std::vector<std::string> book_lines(const Folder& folder) {
  std::ifstream file(books_in(folder));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

inline ReportContent pothole() {
  ReportContent content;
  content.place.words.assign("by the planted bus stop");
  content.place.point = core::GeoPoint{51.5012, -0.1419};
  content.description.assign(" A deep hole \xF0\x9F\x95\xB3, two \"lines\"\nof it ");
  content.replies.push_back(
      {"depth", {core::SecretText(std::string_view("knee")), core::SecretText(std::string_view("more"))}});
  content.name.assign("Planted Surname");
  content.email.assign("planted@resident.example");
  content.telephone.assign("+44 7700 900123");
  return content;
}

inline ReportDeskOptions quick_reports() {
  ReportDeskOptions options;
  options.read_pace = core::Milliseconds(1);
  return options;
}

// That tries again at once, in front of books that are up to date at once.
inline ReportDeskOptions impatient() {
  ReportDeskOptions options = quick_reports();
  options.recover_pace = core::Milliseconds(0);
  options.grace = core::Milliseconds(0);
  return options;
}

// One run of a kiosk; a second one over the same folder is the kiosk after a restart.
struct ReportKiosk {
  ReportKiosk(const Folder& folder, const core::Clock& clock, ReportDeskOptions options = quick_reports())
      : backend(std::make_shared<BookKeeper>(books_in(folder), clock)) {
    auto opened = Journal::open(folder.database(), folder.key(), clock);
    INFO((opened.ok() ? std::string() : opened.error().describe()));
    REQUIRE(opened.ok());
    journal = std::move(*opened);
    desk = std::make_unique<ReportDesk>(*journal,
                                        std::map<std::string, std::shared_ptr<ReportBackend>>{{"streets", backend}},
                                        clock, std::move(options));
  }
  core::Result<Report> submit(const ReportContent& content = pothole()) {
    const auto form = desk->form({"streets", "pothole"}, {});
    REQUIRE(form.ok());
    return desk->submit(*form, content, {});
  }
  // Until there is nothing to do just now.
  Outbox recover() {
    for (int i = 0; i < 10'000; i++) {
      const auto outbox = desk->recover({});
      INFO((outbox.ok() ? std::string() : outbox.error().describe()));
      REQUIRE(outbox.ok());
      if (outbox->open == 0 || outbox->again_in > core::Milliseconds(0)) return *outbox;
    }
    FAIL("the outbox never comes to rest");
    return {};
  }
  ReportState state(const std::string& id) { return journal->find_report(id)->state; }

  std::shared_ptr<BookKeeper> backend;
  std::unique_ptr<Journal> journal;
  std::unique_ptr<ReportDesk> desk;
};

}  // namespace kiosk::promises::testing
