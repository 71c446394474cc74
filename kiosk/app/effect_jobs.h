// How the files of the effect runner bring an answer back. Private to app/.
#pragma once

#include "kiosk/app/effect_runner.h"
#include "kiosk/core/log.h"

namespace kiosk::app {

template <class Job>
void EffectRunner::on(work::Worker& worker, Job job, const work::CancelToken& cancel) {
  const auto alive = alive_;
  const core::Status posted = worker.post(
      [this, alive, job = std::move(job)](const work::CancelToken& token) mutable {
        auto event = std::make_shared<visit::Event>(job(token));
        inbox_.post([this, alive, event] {
          if (*alive) deliver_(std::move(*event));
        });
      },
      cancel);
  if (!posted.ok()) core::log_error("effects.worker_full", {{"error", posted.error()}});
}

template <class Job>
auto EffectRunner::answering(Job job) {
  return [this, alive = alive_, job = std::move(job)](auto desk, const work::CancelToken& token) {
    auto event = std::make_shared<visit::Event>(job(std::move(desk), token));
    inbox_.post([this, alive, event] {
      if (*alive) deliver_(std::move(*event));
    });
  };
}

}  // namespace kiosk::app
