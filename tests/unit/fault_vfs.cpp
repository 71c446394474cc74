#include "tests/unit/fault_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/catch.h"

namespace kiosk::test {
namespace {

constexpr const char* kName = "kiosk-fault";
constexpr std::size_t kSector = 512;

using Bytes = std::vector<char>;

// What was done to a file since its last sync.
struct Change {
  bool truncates = false;
  std::size_t at = 0;  // of the write; or the new size
  Bytes bytes;
};

void truncate(Bytes& content, std::size_t size) {
  if (content.size() > size) content.resize(size);
}

void write(Bytes& content, std::size_t at, const char* bytes, std::size_t size) {
  if (content.size() < at + size) content.resize(at + size);
  std::copy(bytes, bytes + size, content.begin() + static_cast<std::ptrdiff_t>(at));
}

// A file as it lies on the disk, and what has not got there yet. Deleting is a change to no bytes.
struct Platter {
  Bytes durable;
  std::vector<Change> pending;

  void sync() {
    for (const Change& change : pending) apply(change);
    pending.clear();
  }
  void apply(const Change& change) {
    if (change.truncates) return truncate(durable, change.at);
    write(durable, change.at, change.bytes.data(), change.bytes.size());
  }
  // Any of the sectors may have got there, or none.
  void tear(std::mt19937& chance) {
    for (const Change& change : pending) {
      if (change.truncates) {
        if (chance() % 2 == 0) apply(change);
        continue;
      }
      for (std::size_t from = 0; from < change.bytes.size();) {
        const std::size_t to = std::min(change.bytes.size(), from + kSector - (change.at + from) % kSector);
        if (chance() % 2 == 0) write(durable, change.at + from, change.bytes.data() + from, to - from);
        from = to;
      }
    }
    pending.clear();
  }
};

}  // namespace

struct FaultVfs::State {
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
  int open_files = 0;

  Fault fault = Fault::Io;
  Lasts lasts = Lasts::Once;
  int until_fault = 0;  // 0: none is to come
  bool failing = false, failed = false;

  Remains remains = Remains::Synced;
  std::mt19937 chance;
  int until_cut = 0;  // 0: none is to come
  bool power = true;
  std::map<std::string, Platter> platters;

  void count_moment() {
    if (power && until_cut > 0 && --until_cut == 0) power = false;
  }
  // Whether this one operation fails.
  bool fails(bool reads) {
    if (reads != (fault == Fault::Read)) return false;
    if (failing) return true;
    if (until_fault == 0 || --until_fault > 0) return false;
    failed = true;
    failing = lasts == Lasts::UntilWell;
    return true;
  }
  // Of an operation that changes the disk: SQLITE_OK, or the error that it ends with.
  int change(int error) {
    count_moment();
    if (!power) return error;
    return fails(false) ? error : SQLITE_OK;
  }
};

namespace {

using State = FaultVfs::State;

// Followed in memory by the system's own file.
struct File {
  sqlite3_file base;
  State* state;
  Platter* platter;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
State* of(sqlite3_vfs* vfs) { return static_cast<State*>(vfs->pAppData); }

int close(sqlite3_file* file) {
  of(file)->state->open_files--;
  return of(file)->real()->pMethods->xClose(of(file)->real());
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
  File* const mine = of(file);
  if (!mine->state->power || mine->state->fails(true)) return SQLITE_IOERR_READ;
  return mine->real()->pMethods->xRead(mine->real(), into, size, at);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  File* const mine = of(file);
  const bool full = mine->state->fault == FaultVfs::Fault::Full && mine->state->power;
  if (const int error = mine->state->change(full ? SQLITE_FULL : SQLITE_IOERR_WRITE)) return error;
  const int code = mine->real()->pMethods->xWrite(mine->real(), bytes, size, at);
  const char* const first = static_cast<const char*>(bytes);
  if (code == SQLITE_OK) {
    mine->platter->pending.push_back({false, static_cast<std::size_t>(at), Bytes(first, first + size)});
  }
  return code;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  File* const mine = of(file);
  if (const int error = mine->state->change(SQLITE_IOERR_TRUNCATE)) return error;
  const int code = mine->real()->pMethods->xTruncate(mine->real(), size);
  if (code == SQLITE_OK) mine->platter->pending.push_back({true, static_cast<std::size_t>(size), {}});
  return code;
}

// The test's process stays alive, so what the system keeps of a file is not lost: its own sync is spared.
int sync(sqlite3_file* file, int) {
  if (const int error = of(file)->state->change(SQLITE_IOERR_FSYNC)) return error;
  of(file)->platter->sync();
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (!of(file)->state->power) return SQLITE_IOERR_FSTAT;
  return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}

int lock(sqlite3_file* file, int level) {
  if (!of(file)->state->power) return SQLITE_IOERR_LOCK;
  return of(file)->real()->pMethods->xLock(of(file)->real(), level);
}

int unlock(sqlite3_file* file, int level) { return of(file)->real()->pMethods->xUnlock(of(file)->real(), level); }

int is_reserved(sqlite3_file* file, int* result) {
  return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), result);
}

int control(sqlite3_file* file, int what, void* argument) {
  if (!of(file)->state->power) return SQLITE_NOTFOUND;
  return of(file)->real()->pMethods->xFileControl(of(file)->real(), what, argument);
}

int sector_size(sqlite3_file* file) { return of(file)->real()->pMethods->xSectorSize(of(file)->real()); }

int characteristics(sqlite3_file* file) { return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real()); }

// Shared memory is no disk: it is lost with the power, and only then.
int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
  if (!of(file)->state->power) return SQLITE_IOERR_SHMMAP;
  return of(file)->real()->pMethods->xShmMap(of(file)->real(), region, size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  const bool unlocks = (flags & SQLITE_SHM_UNLOCK) != 0;
  if (!of(file)->state->power && !unlocks) return SQLITE_IOERR_SHMLOCK;
  return of(file)->real()->pMethods->xShmLock(of(file)->real(), offset, count, flags);
}

void barrier_shared(sqlite3_file* file) { of(file)->real()->pMethods->xShmBarrier(of(file)->real()); }

int unmap_shared(sqlite3_file* file, int remove) {
  return of(file)->real()->pMethods->xShmUnmap(of(file)->real(), remove);
}

// Version 2: without memory-mapped reads, which would pass us by.
constexpr sqlite3_io_methods kMethods = {
    2,           close,   read,        write,           truncate,   sync,        file_size,      lock,         unlock,
    is_reserved, control, sector_size, characteristics, map_shared, lock_shared, barrier_shared, unmap_shared, nullptr,
    nullptr};

Bytes bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What is there when it is seen first lies on the disk. Files are told apart by their paths; temporary ones have none,
// and are nobody's loss.
Platter* platter_of(State& state, const char* path) {
  const std::string name = path ? path : "";
  const auto found = state.platters.find(name);
  if (found != state.platters.end()) return &found->second;
  // Reading it here drops no locks: nobody has opened it yet.
  Platter& platter = state.platters[name];
  if (path) platter.durable = bytes_of(name);
  return &platter;
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* got) {
  State& state = *of(vfs);
  File* const mine = of(file);
  mine->base.pMethods = nullptr;
  if (!state.power) return SQLITE_CANTOPEN;
  mine->state = &state;
  mine->platter = platter_of(state, path);
  const int code = state.real->xOpen(state.real, path, mine->real(), flags, got);
  if (code != SQLITE_OK) return code;
  mine->base.pMethods = &kMethods;
  state.open_files++;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  State& state = *of(vfs);
  if (const int error = state.change(SQLITE_IOERR_DELETE)) return error;
  const int code = state.real->xDelete(state.real, path, 0);
  if (code != SQLITE_OK) return code;
  Platter* const platter = platter_of(state, path);
  platter->pending.push_back({true, 0, {}});
  if (sync_folder) platter->sync();
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, const char* path, int flags, int* result) {
  if (!of(vfs)->power) return SQLITE_IOERR_ACCESS;
  return of(vfs)->real->xAccess(of(vfs)->real, path, flags, result);
}

int full_path(sqlite3_vfs* vfs, const char* path, int size, char* into) {
  return of(vfs)->real->xFullPathname(of(vfs)->real, path, size, into);
}

int random(sqlite3_vfs* vfs, int size, char* into) { return of(vfs)->real->xRandomness(of(vfs)->real, size, into); }
int sleep(sqlite3_vfs* vfs, int microseconds) { return of(vfs)->real->xSleep(of(vfs)->real, microseconds); }
int last_error(sqlite3_vfs* vfs, int size, char* into) {
  return of(vfs)->real->xGetLastError(of(vfs)->real, size, into);
}
int time(sqlite3_vfs* vfs, sqlite3_int64* now) { return of(vfs)->real->xCurrentTimeInt64(of(vfs)->real, now); }

}  // namespace

FaultVfs::FaultVfs() : state_(std::make_unique<State>()) {
  sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  REQUIRE(real);
  state_->real = real;
  sqlite3_vfs& vfs = state_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  vfs.mxPathname = real->mxPathname;
  vfs.zName = kName;
  vfs.pAppData = state_.get();
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = random;
  vfs.xSleep = sleep;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = time;
  REQUIRE(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_vfs_register(state_->real, 1);
}

void FaultVfs::fail_at(int operation, Fault fault, Lasts lasts) {
  state_->fault = fault;
  state_->lasts = lasts;
  state_->until_fault = operation;
  state_->failing = state_->failed = false;
}

bool FaultVfs::has_failed() const { return state_->failed; }

void FaultVfs::make_well() {
  state_->until_fault = 0;
  state_->failing = false;
}

void FaultVfs::cut_at(int moment, Remains remains, std::uint32_t seed) {
  state_->remains = remains;
  state_->chance.seed(seed);
  state_->until_cut = moment;
}

void FaultVfs::moment() { state_->count_moment(); }

bool FaultVfs::has_power() const { return state_->power; }

void FaultVfs::restore_power() {
  REQUIRE(state_->open_files == 0);
  for (auto& [path, platter] : state_->platters) {
    if (state_->power || path.empty()) continue;
    if (state_->remains == Remains::Torn) platter.tear(state_->chance);
    const bool comes_back = !platter.durable.empty() || std::filesystem::exists(path);
    if (!comes_back || !std::filesystem::exists(std::filesystem::path(path).parent_path())) continue;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(platter.durable.data(), static_cast<std::streamsize>(platter.durable.size()));
    REQUIRE(file.flush().good());
  }
  state_->platters.clear();  // what is there now lies on the disk
  state_->until_cut = 0;
  state_->power = true;
}

}  // namespace kiosk::test
