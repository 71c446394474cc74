// A disk that fails when a test says so. While it lives, every SQLite database of this process that is opened by its
// file name goes through it, down to the system's own files.
#pragma once

#include <cstdint>
#include <memory>

namespace kiosk::test {

// Used on one thread. No database may be open when it begins or ends.
class FaultVfs {
 public:
  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  // --- a disk that returns errors ---
  enum class Fault {
    Full,  // writes find no room; syncs and truncations fail as the device's
    Io,    // writes, syncs and truncations fail
    Read,  // reads fail
  };
  enum class Lasts { Once, UntilWell };
  // Operations (of the kind that the fault stops) are counted from here on, the first is 1.
  void fail_at(int operation, Fault fault, Lasts lasts);
  // Whether that operation was reached.
  bool has_failed() const;
  // No faults from now on.
  void make_well();

  // --- power ---
  enum class Remains {
    Synced,  // what was written since its file's last sync is lost
    Torn,    // some of it, sector by sector, is not
  };
  // Moments are counted from here on: each write, sync, truncation and deletion of a file, and each call of moment().
  // Just before the n-th, the power goes: everything fails from then on.
  void cut_at(int moment, Remains remains, std::uint32_t seed);
  void moment();
  bool has_power() const;
  // The files are as the cut has left them. Everything must have been closed. Also where there was no cut: nothing is
  // lost then.
  void restore_power();

  struct State;  // for the functions that SQLite calls

 private:
  std::unique_ptr<State> state_;
};

}  // namespace kiosk::test
