// A kiosk that runs, from the glass down: what a visit leaves behind.
#include <chrono>
#include <thread>

#include "kiosk/app/session.h"
#include "kiosk/ui/atlas.h"
#include "tests/unit/app_fixture.h"
#include "tests/unit/temporary_folder.h"

using namespace app_test;
using kiosk::test::TemporaryFolder;

namespace {

class Kiosk {
 public:
  Kiosk() {
    auto settings = std::make_shared<settings::Settings>();
    settings->kiosk.name = "Riverside Library";
    auto opened = app::Session::open(settings, ui::Metrics{}, clock_, {.data_folder = folder_.path()});
    if (!opened.ok()) FAIL(opened.error().describe());
    session_ = std::move(opened).value();
    settle();
  }

  void settle() {
    for (int i = 0; i < 500; ++i) {
      session_->turn();
      if (session_->idle()) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    FAIL("something stays under way");
  }

  void tap(ui::Role role, const std::string& name) {
    const ui::Node* node = session_->ui().scene().find(role, name);
    INFO(name);
    REQUIRE(node);
    const ui::Point at = ui::centre(node->rect);
    for (const auto phase : {ui::PointerEvent::Phase::Down, ui::PointerEvent::Phase::Up})
      session_->input(ui::PointerEvent{phase, at, 1, clock_.monotonic()});
    settle();
  }

  void press(ui::NavKey key) {
    session_->input(ui::NavEvent{key, clock_.monotonic()});
    settle();
  }

  std::vector<std::vector<std::uint8_t>> drawn_letters() {
    std::vector<std::vector<std::uint8_t>> pages;
    for (const ui::Atlas::Page& page : session_->ui().atlas().pages()) pages.push_back(page.coverage);
    return pages;
  }

  std::string word(std::string_view key) const { return words().in("en").format(key); }

 private:
  TemporaryFolder folder_;
  core::AdjustableClock clock_{kMorning};
  std::unique_ptr<app::Session> session_;
};

}  // namespace

TEST_CASE("a visit leaves of what it drew nothing that was not there before it") {
  Kiosk kiosk;
  const auto before = kiosk.drawn_letters();
  kiosk.tap(ui::Role::Button, kiosk.word("nav.help"));
  CHECK(kiosk.drawn_letters() != before);
  kiosk.press(ui::NavKey::Back);
  kiosk.tap(ui::Role::Button, kiosk.word("nav.start_again"));
  CHECK(kiosk.drawn_letters() == before);
}
