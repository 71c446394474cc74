#include "kiosk/ui/voice.h"

#include <SDL.h>
#include <espeak-ng/speak_lib.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "kiosk/core/log.h"
#include "kiosk/core/strings.h"

namespace kiosk::ui {
namespace {

constexpr std::size_t kMostBytes = 8 * 1024;  // of one utterance: some ten minutes
constexpr std::size_t kMostWaiting = 32;
constexpr int kBufferSamples = 512;  // 23 ms at 22,050 Hz

struct Saying {
  std::string text, language;
};

// What the synthesis callback needs; espeak-ng hands it through its events' user data.
struct Target {
  SDL_AudioDeviceID device = 0;
  const std::atomic<std::uint64_t>* wanted = nullptr;  // number of the newest interruption
  std::uint64_t number = 0;                            // of the interruption that this utterance belongs to
};

// 0: go on, 1: stop (speak_lib.h).
int take_samples(short* samples, int count, espeak_EVENT* events) {
  const auto* target = static_cast<const Target*>(events->user_data);
  if (!target || target->wanted->load() != target->number) return 1;
  if (samples && count > 0) SDL_QueueAudio(target->device, samples, static_cast<Uint32>(count) * sizeof(short));
  return 0;
}

// Samples a second; 0 where espeak-ng's data are missing. Initialised once for the process and never ended:
// espeak-ng 1.51 does not start a second time after espeak_Terminate().
int sample_rate() {
  static const int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
  return rate;
}

// espeak-ng keeps the voice before where it has none for a language, so its answer decides.
bool choose_voice(const std::string& language) {
  espeak_VOICE wanted{};
  wanted.languages = language == "en" ? "en-gb" : language.c_str();
  return espeak_SetVoiceByProperties(&wanted) == EE_OK;
}

}  // namespace

struct Voice::State {
  SDL_AudioDeviceID device = 0;
  mutable std::mutex mutex;
  std::condition_variable wake;
  std::deque<Saying> waiting;
  bool speaking = false, ending = false;
  std::atomic<std::uint64_t> interruptions{0};
  std::thread thread;

  void run();
  void say(const Saying& saying, std::uint64_t number) const;
};

void Voice::State::say(const Saying& saying, std::uint64_t number) const {
  if (!choose_voice(saying.language)) {
    core::log_warning("voice.no_voice", {{"language", saying.language}});
    return;
  }
  Target target{device, &interruptions, number};
  espeak_Synth(saying.text.c_str(), saying.text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, nullptr, &target);
}

void Voice::State::run() {
  std::unique_lock lock(mutex);
  for (;;) {
    wake.wait(lock, [&] { return ending || !waiting.empty(); });
    if (ending) return;
    const Saying saying = std::move(waiting.front());
    waiting.pop_front();
    const std::uint64_t number = interruptions.load();
    speaking = true;
    lock.unlock();
    say(saying, number);
    lock.lock();
    // An interruption that came in between has emptied the queue already; what was added after it must go as well.
    if (interruptions.load() != number) SDL_ClearQueuedAudio(device);
    speaking = false;
  }
}

Voice::Voice(std::unique_ptr<State> state) : state_(std::move(state)) {}

core::Result<std::unique_ptr<Voice>> Voice::create() {
  if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
    return core::make_error(core::ErrorKind::Unavailable, std::string("no sound: ") + SDL_GetError());
  }
  const int rate = sample_rate();
  if (rate <= 0) {
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    return core::make_error(core::ErrorKind::Unavailable, "espeak-ng's data are missing (package espeak-ng-data)");
  }
  auto state = std::make_unique<State>();
  SDL_AudioSpec spec{};
  spec.freq = rate;
  spec.format = AUDIO_S16SYS;
  spec.channels = 1;
  spec.samples = kBufferSamples;
  state->device = SDL_OpenAudioDevice(nullptr, 0, &spec, nullptr, 0);
  if (state->device == 0) {
    const std::string why = SDL_GetError();
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    return core::make_error(core::ErrorKind::Unavailable, "no sound device: " + why);
  }
  espeak_SetSynthCallback(take_samples);
  SDL_PauseAudioDevice(state->device, 0);
  State& running = *state;
  running.thread = std::thread([&running] { running.run(); });
  return std::unique_ptr<Voice>(new Voice(std::move(state)));
}

Voice::~Voice() {
  stop();
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->wake.notify_all();
  state_->thread.join();
  SDL_CloseAudioDevice(state_->device);
  SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void Voice::speak(std::string text, std::string language, bool interrupts) {
  if (interrupts) stop();
  text = core::sanitise_utf8(core::truncate_utf8(text, kMostBytes));
  if (text.empty()) return;
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->waiting.size() >= kMostWaiting) return;
    state_->waiting.push_back({std::move(text), std::move(language)});
  }
  state_->wake.notify_all();
}

void Voice::stop() {
  const std::lock_guard lock(state_->mutex);
  state_->waiting.clear();
  state_->interruptions.fetch_add(1);
  SDL_ClearQueuedAudio(state_->device);
}

bool Voice::silent() const {
  const std::lock_guard lock(state_->mutex);
  return state_->waiting.empty() && !state_->speaking && SDL_GetQueuedAudioSize(state_->device) == 0;
}

}  // namespace kiosk::ui
