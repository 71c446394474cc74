// A pretend ESC/POS receipt printer on loopback, for tests and tours: it obeys the bytes, prints them back into pages,
// and fails as told. Like a real one it acts on real-time commands wherever they stand, keeps what it has received
// while it can't print, and prints that later unless it was cleared.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/core/bitmap.h"
#include "kiosk/core/result.h"

namespace drivers::printer {

struct SimulatorFaults {
  std::optional<int> paper_out_at_row;    // the roll ends once so many more rows are printed
  std::optional<int> power_cycle_at_row;  // goes off and on once so many more rows are printed; forgets what it held
  bool near_end = false;
  bool cover_open = false;
  bool cutter_error = false;  // from the next cut on
  bool overheated = false;
  bool offline = false;
  bool lose_acknowledgements = false;  // completed jobs are not answered
  bool silent = false;                 // answers nothing at all
  bool no_clear = false;               // doesn't know DLE DC4 8
  bool no_status_reply = false;        // doesn't know GS r
  bool no_automatic_status = false;    // doesn't know GS a
  std::size_t bytes_per_turn = 0;      // takes so few bytes every 2 ms; 0: all that come
};

class PrinterSimulator {
 public:
  struct Options {
    int port = 0;  // 0: any free one
    int dots_per_line = 576;
    std::size_t buffer_bytes = 16 * 1024;  // what it holds and has not printed
    SimulatorFaults faults;
  };
  // Listens on 127.0.0.1 when it returns; runs on a thread of its own. Error Io where the port is taken.
  static kiosk::core::Result<std::unique_ptr<PrinterSimulator>> start(Options options);
  ~PrinterSimulator();

  // All thread-safe.
  int port() const;
  void set_faults(const SimulatorFaults& faults);
  SimulatorFaults faults() const;
  void load_paper();  // also shuts the cover and frees the cutter: goes on with what it holds
  void power_cycle();
  std::vector<kiosk::core::Bitmap1> receipts() const;  // cut off so far
  kiosk::core::Bitmap1 uncut() const;                  // what hangs out of it
  std::vector<std::string> oddities() const;           // unknown commands, stray text: what no driver should send
  std::string received() const;                        // every byte, in order
  std::size_t held_bytes() const;                      // received and not printed

 private:
  struct Impl;
  explicit PrinterSimulator(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace drivers::printer
