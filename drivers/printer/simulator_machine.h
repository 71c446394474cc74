// The inside of the pretend printer, apart from its sockets: bytes in, answers out, rows on paper.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/printer/simulator.h"

namespace drivers::printer {

// Not thread-safe: its owner locks.
class PrinterMachine {
 public:
  PrinterMachine(int dots_per_line, std::size_t buffer_bytes, SimulatorFaults faults)
      : dots_per_line_(dots_per_line), capacity_(buffer_bytes), faults_(faults) {}

  std::size_t room() const { return buffer_.size() < capacity_ ? capacity_ - buffer_.size() : 0; }
  void receive(std::string_view bytes);  // at most room()
  void work();                           // as far as paper and bytes go
  std::string take_answers();
  bool take_power_cycle();  // true once after the fault of that name struck

  void set_faults(const SimulatorFaults& faults);
  const SimulatorFaults& faults() const { return faults_; }
  void load_paper();
  void switch_off();  // forgets all but the paper that came out

  std::vector<kiosk::core::Bitmap1> receipts;
  std::vector<std::string> oddities;
  kiosk::core::Bitmap1 uncut() const;
  std::size_t held() const { return buffer_.size() + (picture_left_ > 0 ? 1 : 0); }

 private:
  void realtime(std::uint8_t byte);
  void obey_realtime();
  std::uint8_t realtime_answer(int question) const;
  void automatic_status();
  bool stopped() const;
  bool step();  // one command, or some of a picture; false where nothing can be done now
  bool print_picture();
  bool command(std::string_view bytes);  // false: incomplete
  bool esc(std::string_view bytes);
  bool gs(std::string_view bytes);
  bool gs_raster(std::string_view bytes);
  bool gs_parentheses(std::string_view bytes);
  void begin_picture(std::size_t stride, std::size_t rows, std::size_t head);
  void add_row(std::string_view row);
  void cut();
  void used(std::size_t count) { buffer_.erase(0, count); }
  void odd(std::string what);
  void answer(std::string_view bytes) {
    if (!faults_.silent) answers_.append(bytes);
  }

  int dots_per_line_;
  std::size_t capacity_;
  SimulatorFaults faults_;
  std::string buffer_, answers_, rows_, realtime_;
  std::string stored_;                            // a graphic that waits for GS ( L function 50
  std::size_t row_bytes_ = 0, picture_left_ = 0;  // of the picture under way
  bool picture_is_stored_ = false;
  bool paper_out_ = false, cutter_jammed_ = false, automatic_ = false, cycle_ = false;
};

}  // namespace drivers::printer
