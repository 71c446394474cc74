#include "kiosk/app/session.h"

#include <algorithm>

#include "kiosk/app/places_on_disk.h"
#include "kiosk/core/log.h"
#include "kiosk/screens/screens.h"
#include "kiosk/work/ui_thread.h"

namespace kiosk::app {
namespace {

// A frame whose actions change the page is drawn again at once; more rounds than this would be a loop of ours.
constexpr int kMostRounds = 8;

bool is_touch(const ui::InputEvent& event) {
  if (const auto* pointer = std::get_if<ui::PointerEvent>(&event))
    return pointer->phase == ui::PointerEvent::Phase::Down;
  return true;
}

// Null where the site wants none. One that can't be opened costs the calendar entries alone.
std::unique_ptr<CalendarFiles> open_calendar_files(const std::shared_ptr<const settings::Settings>& settings,
                                                   const std::shared_ptr<const text::Words>& words,
                                                   const promises::Journal& journal) {
  if (settings->receipts.calendar_folder.empty()) return nullptr;
  auto own = journal.another();
  if (own.ok()) return std::make_unique<CalendarFiles>(settings, words, std::move(own).value());
  core::log_warning("calendar.not_written", {{"error", own.error()}});
  return nullptr;
}

}  // namespace

Session::Session(std::shared_ptr<const settings::Settings> settings, const core::Clock& clock,
                 std::function<void()> wake)
    : settings_(std::move(settings)), clock_(clock), state_(visit::initial_state(settings_)), inbox_(std::move(wake)) {}

Session::~Session() {
  inbox_.close();
  sync_.reset();
  runner_.reset();
}

core::Result<std::unique_ptr<Session>> Session::open(std::shared_ptr<const settings::Settings> settings,
                                                     ui::Metrics metrics, const core::Clock& clock,
                                                     SessionOptions options) {
  KIOSK_TRY(const std::filesystem::path assets, assets_folder());
  KIOSK_TRY(const DataFiles files, data_files(*settings, options.data_folder));
  KIOSK_TRY(core::Descriptor lock, lock_data(files));
  std::unique_ptr<Session> session(new Session(settings, clock, std::move(options.wake)));
  session->data_lock_ = std::move(lock);
  session->audible_ = options.audible;
  KIOSK_TRY(session->words_, text::Words::load(assets / "words"));
  KIOSK_TRY(session->engine_, text::TextEngine::create());
  KIOSK_TRY(session->ui_, ui::Ui::create(*session->engine_, metrics));

  Backstage backstage;
  backstage.settings = settings;
  backstage.words = session->words_;
  backstage.clock = &clock;
  KIOSK_TRY(backstage.knowledge, Knowledge::open(settings, files.directory_db, clock));
  KIOSK_TRY(backstage.printing, Printing::create(settings->printer, files, clock));
  backstage.gaps = std::make_unique<GapLedger>(files.gaps_db, clock);
  Session& self = *session;
  const auto on_proof = [&self](const std::string& system, double share) {
    self.inbox_.post([&self, system, share] { self.handle(visit::ProofProgressed{system, share}); });
  };
  auto promises = PromiseSystems::open(files, *settings, clock, on_proof);
  if (promises.ok()) {
    backstage.promises = std::move(promises).value();
    backstage.calendar_files = open_calendar_files(settings, session->words_, backstage.promises->journal());
  } else {
    core::log_error("journal.unusable", {{"error", promises.error()}});
  }
  session->runner_ = std::make_unique<EffectRunner>(std::move(backstage), self.inbox_,
                                                    [&self](visit::Event event) { self.handle(std::move(event)); });
  session->runner_->begin();
  session->sync_ = std::make_unique<BackgroundSync>(settings, files.directory_db, clock, [&self] {
    self.inbox_.post([&self] { self.runner_->directory_published(); });
  });
  return session;
}

// Typed text is kept back until it is plain whether a hand or a scanner types it: what a scanner read must not stand in
// the field that happens to be open. True where the event is taken.
bool Session::is_of_scanner(const ui::InputEvent& event) {
  const auto* text = std::get_if<ui::TextEvent>(&event);
  const auto* key = std::get_if<ui::NavEvent>(&event);
  if (text && text->edit == ui::TextEvent::Edit::Insert) {
    if (!typed_.empty() && text->time > typed_until_) release_typed();
    wedge_.typed(text->text, text->time);
    typed_.push_back(*text);
    typed_until_ = text->time + wedge_.longest_gap();
    return true;
  }
  const bool enter = (text && text->edit == ui::TextEvent::Edit::Enter) || (key && key->key == ui::NavKey::Select);
  std::optional<core::SecretText> scanned;
  if (enter) scanned = wedge_.enter(text ? text->time : key->time);
  if (!scanned) {
    release_typed();
    return false;
  }
  forget_typed();
  handle(visit::Scanned{std::move(*scanned)});
  return true;
}

// A hand's after all.
void Session::release_typed() {
  for (ui::TextEvent& text : typed_) ui_->input(text);
  dirty_ |= !typed_.empty();
  forget_typed();
}

void Session::forget_typed() {
  for (ui::TextEvent& text : typed_) core::wipe(text.text);
  typed_.clear();
}

void Session::input(ui::InputEvent event) {
  if (is_of_scanner(event)) return;
  if (is_touch(event)) handle(visit::Touched{});
  ui_->input(std::move(event));
  dirty_ = true;
}

void Session::handle(visit::Event event) {
  const std::uint64_t visit = state_.visit;
  const bool sound = state_.preferences.sound;
  visit::Next next = visit::update(std::move(state_), {std::move(event), clock_.monotonic(), clock_.now()});
  state_ = std::move(next.state);
  if (sound && !state_.preferences.sound) read_page_ = 0;  // turned off: what is being said ends
  if (state_.visit != visit) {
    ui_->forget();
    announcer_.reset();
    if (voice_) voice_->stop();
  }
  for (visit::Effect& effect : next.effects) {
    read_aloud_ |= effect.holds<visit::ReadPage>();
    runner_->run(std::move(effect));
  }
  dirty_ = true;
}

core::Milliseconds Session::next_minute() const {
  const core::Milliseconds into = clock_.now().time_since_epoch() % std::chrono::minutes(1);
  return clock_.monotonic() + (std::chrono::minutes(1) - into);
}

std::optional<core::Milliseconds> Session::next_wake() const {
  std::optional<core::Milliseconds> when = minute_;
  for (const auto& other : {visit::next_tick(state_), ui_->next_frame(), runner_->next_wake()}) {
    if (other && (!when || *other < *when)) when = other;
  }
  if (!typed_.empty()) when = std::min(when.value_or(typed_until_), typed_until_ + core::Milliseconds(1));
  return when;
}

bool Session::idle() const {
  return runner_->idle() && inbox_.empty() && !ui_->has_input() && !ui_->next_frame() && !dirty_;
}

bool Session::turn() {
  work::UiThread::assert_here("Session::turn");
  inbox_.drain();
  const core::Milliseconds now = clock_.monotonic();
  if (!typed_.empty() && now > typed_until_) release_typed();
  if (const auto tick = visit::next_tick(state_); tick && *tick <= now) handle(visit::Tick{});
  if (now >= minute_) {  // the clock in the header
    handle(visit::Tick{});
    minute_ = next_minute();
  }
  runner_->recover_if_due();
  const auto frame = ui_->next_frame();
  if (!dirty_ && !ui_->has_input() && !(frame && *frame <= now)) return false;
  draw();
  return true;
}

void Session::draw() {
  for (int round = 0; round < kMostRounds; ++round) {
    dirty_ = false;
    ui_->begin(screens::look_of(state_, *words_), clock_.monotonic());
    std::vector<visit::Event> events = screens::draw(*ui_, state_, *words_);
    const bool settled = ui_->end();
    for (visit::Event& event : events) handle(std::move(event));
    if (settled && !dirty_ && !ui_->has_input()) break;
  }
  if (!state_.in_visit) ui_->keep();
  const text::Language& language = *ui_->look().language;
  announcer_.update(ui_->scene(), language, state_.page_serial);
  if (std::exchange(read_aloud_, false)) {
    announcer_.say(ui::Announcer::whole_page(ui_->scene(), language), language.code());
    read_page_ = state_.page_serial;
  }
  speak();
}

void Session::speak() {
  std::vector<ui::Utterance> said = announcer_.take();
  if (!audible_) {
    spoken_.insert(spoken_.end(), std::make_move_iterator(said.begin()), std::make_move_iterator(said.end()));
    return;
  }
  std::erase_if(said, [this](const ui::Utterance& one) { return !is_heard(one); });
  // Without sound there is what was asked for, as long as its page is shown.
  if (voice_ && !state_.preferences.sound && read_page_ != state_.page_serial) voice_->stop();
  if ((said.empty() && !state_.preferences.sound) || !has_voice()) return;
  for (ui::Utterance& one : said) voice_->speak(std::move(one.text), std::move(one.language), one.interrupts);
}

bool Session::is_heard(const ui::Utterance& one) const {
  return state_.preferences.sound || one.why == ui::Utterance::Why::Asked;
}

bool Session::has_voice() {
  if (voice_) return true;
  auto voice = ui::Voice::create();
  if (voice.ok()) {
    voice_ = std::move(voice).value();
    return true;
  }
  core::log_error("voice.unavailable", {{"error", voice.error()}});
  if (state_.preferences.sound) handle(visit::ToggleSound{});  // a switch that stays on would promise sound
  return false;
}

}  // namespace kiosk::app
