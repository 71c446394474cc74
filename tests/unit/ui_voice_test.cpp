// The voice, with SDL's disk driver in place of a loudspeaker.
#include <stdlib.h>

#include <chrono>
#include <thread>

#include "kiosk/ui/voice.h"
#include "tests/unit/catch.h"
#include "tests/unit/temporary_folder.h"

using namespace kiosk;

namespace {

std::unique_ptr<ui::Voice> voice_into(const std::filesystem::path& file) {
  setenv("SDL_AUDIODRIVER", "disk", 1);
  setenv("SDL_DISKAUDIOFILE", file.c_str(), 1);
  setenv("SDL_DISKAUDIODELAY", "1", 1);  // milliseconds a buffer: faster than speech
  auto voice = ui::Voice::create();
  REQUIRE(voice.ok());
  return std::move(voice).value();
}

bool falls_silent(const ui::Voice& voice) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!voice.silent()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

// The device writes silence while nothing is said; speech is what isn't zero.
std::size_t loud_bytes(const std::filesystem::path& file) {
  FILE* recorded = fopen(file.c_str(), "rb");
  std::size_t loud = 0;
  for (int c = 0; recorded && (c = fgetc(recorded)) != EOF;) loud += c != 0 ? 1 : 0;
  if (recorded) fclose(recorded);
  return loud;
}

}  // namespace

TEST_CASE("a sentence is heard, in each language of the kiosk") {
  const test::TemporaryFolder folder;
  const std::string language = GENERATE("en", "cy", "pl", "ar");
  {
    const auto voice = voice_into(folder / "sound.raw");
    voice->speak("one two three", language, true);
    CHECK(falls_silent(*voice));
  }
  CHECK(loud_bytes(folder / "sound.raw") > 10000);
}

TEST_CASE("a language without a voice is not spoken in another's sounds") {
  const test::TemporaryFolder folder;
  {
    const auto voice = voice_into(folder / "sound.raw");
    voice->speak("one two three", "xx-none", true);
    CHECK(falls_silent(*voice));
  }
  CHECK(loud_bytes(folder / "sound.raw") == 0);
}

TEST_CASE("stopping ends a long text at once, and hostile text does no harm") {
  const test::TemporaryFolder folder;
  const auto voice = voice_into(folder / "sound.raw");
  for (int i = 0; i < 50; ++i) voice->speak(std::string(100000, 'a') + "\xff\xfe", "en", i % 7 == 0);
  voice->stop();
  CHECK(falls_silent(*voice));
}
