# Sourced by kiosk/run and tests/run: installs what is missing from Debian's packages, configures and builds.
# Every step that fails says which one it was and why, and stops.

# What the programs are built with and run on; both in Debian 12 and in Debian 13.
kiosk_packages="g++ cmake ninja-build ccache pkg-config ca-certificates
  libsdl2-dev libimgui-dev libpango1.0-dev libcairo2-dev libfreetype-dev libfontconfig-dev libicu-dev libstemmer-dev
  libcurl4-openssl-dev libsqlite3-dev nlohmann-json3-dev libxml2-dev libtomlplusplus-dev libqrencode-dev libssl-dev
  libsodium-dev libespeak-ng-dev espeak-ng-data libxkbcommon-dev xkb-data libspdlog-dev libcli11-dev libcpp-httplib-dev libxxhash-dev
  fonts-noto-core fonts-noto-cjk"
# What the tests need besides. clang has the fuzzers' runtime.
kiosk_test_packages="catch2 libvalijson-dev zbar-tools python3"
kiosk_fuzz_packages="clang libclang-rt-dev"

kiosk_fail() {
  echo "$kiosk_program: $1" >&2
  exit 1
}

# kiosk_step COMMAND...: a terminal sees all its output; elsewhere only the end of it is shown, and only when it fails.
kiosk_step() {
  if [ -t 2 ]; then
    "$@" >&2
    return
  fi
  kiosk_output=$("$@" 2>&1) && return
  kiosk_status=$?
  printf '%s\n' "$kiosk_output" | tail -n 8 >&2
  return "$kiosk_status"
}

# kiosk_install PACKAGE...: installs those that are not there yet.
kiosk_install() {
  kiosk_missing=
  for kiosk_package in "$@"; do
    dpkg-query -W -f '${Status}' "$kiosk_package" 2>/dev/null | grep -q 'ok installed' || kiosk_missing="$kiosk_missing $kiosk_package"
  done
  [ -n "$kiosk_missing" ] || return 0
  command -v apt-get >/dev/null || kiosk_fail "set-up: this needs Debian 12 or 13 (no apt-get here); missing:$kiosk_missing"
  kiosk_apt="env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || kiosk_fail "set-up: run as root or install sudo; missing:$kiosk_missing"
    kiosk_apt="sudo $kiosk_apt"
  fi
  echo "$kiosk_program: installing$kiosk_missing" >&2
  # A fresh machine has no package lists; an old list may name files that are gone. Somebody else's broken list is no
  # reason to stop: what counts is whether the packages come.
  kiosk_lists=fresh
  if ! kiosk_step $kiosk_apt -o APT::Update::Error-Mode=any update; then
    kiosk_lists=stale
    kiosk_apt="$kiosk_apt -o Acquire::Retries=0"  # without a network, each file would be tried for minutes
  fi
  if ! kiosk_step $kiosk_apt install -y --no-install-recommends $kiosk_missing; then
    [ "$kiosk_lists" = fresh ] || echo "$kiosk_program: set-up: apt-get update failed: is there a network, and are apt's sources right?" >&2
    kiosk_fail "set-up: apt-get could not install:$kiosk_missing"
  fi
}

# How many compilers at once: a sanitized one takes up to 1 GB.
kiosk_jobs() {
  kiosk_cores=$(nproc)
  kiosk_room=$(awk '/^MemAvailable:/ { print int($2 / 1000000) }' /proc/meminfo)
  [ "${kiosk_room:-1}" -ge 1 ] || kiosk_room=1
  [ "$kiosk_cores" -le "$kiosk_room" ] && echo "$kiosk_cores" || echo "$kiosk_room"
}

# kiosk_find_build_root: where the build trees are, outside the source; one root for each place of the source.
kiosk_find_build_root() {
  if [ -z "${KIOSK_BUILD_ROOT:-}" ]; then
    KIOSK_BUILD_ROOT=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/civic-kiosk/$(printf %s "$kiosk_source" | cksum | cut -d ' ' -f 1)
  fi
  mkdir -p "$KIOSK_BUILD_ROOT" && KIOSK_BUILD_ROOT=$(CDPATH= cd -- "$KIOSK_BUILD_ROOT" && pwd) && [ -w "$KIOSK_BUILD_ROOT" ] ||
    kiosk_fail "build: cannot write to $KIOSK_BUILD_ROOT; KIOSK_BUILD_ROOT names another place"
  export KIOSK_BUILD_ROOT
}

# kiosk_configure: a tree that was made for another place is made anew.
kiosk_configure() {
  kiosk_fresh=
  if [ -e "$kiosk_build_dir/CMakeCache.txt" ]; then
    grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$kiosk_source" "$kiosk_build_dir/CMakeCache.txt" &&
      grep -qxF "CMAKE_CACHEFILE_DIR:INTERNAL=$kiosk_build_dir" "$kiosk_build_dir/CMakeCache.txt" || kiosk_fresh=--fresh
  fi
  (cd "$kiosk_source" && cmake $kiosk_fresh --preset "$kiosk_preset" $kiosk_cmake_options) >"$kiosk_log" 2>&1 && return
  tail -n 20 "$kiosk_log" >&2
  kiosk_fail "configure ($kiosk_preset): failed; the whole log is $kiosk_log"
}

# kiosk_compile TARGET...: a terminal sees the progress; elsewhere only the errors are shown.
kiosk_compile() {
  if [ -t 2 ]; then
    cmake --build "$kiosk_build_dir" --target "$@" >&2 || kiosk_fail "build ($kiosk_preset): failed"
  elif ! cmake --build "$kiosk_build_dir" --target "$@" >"$kiosk_log" 2>&1; then
    grep -E -A 5 'error:|FAILED:' "$kiosk_log" | head -n 60 >&2
    kiosk_fail "build ($kiosk_preset): failed; the whole log is $kiosk_log"
  fi
}

# kiosk_build PRESET TARGET...: configures and builds; $kiosk_build_dir is then the build folder.
kiosk_build() {
  kiosk_preset=$1
  shift
  kiosk_find_build_root
  kiosk_build_dir=$KIOSK_BUILD_ROOT/$kiosk_preset
  kiosk_log=$kiosk_build_dir/build.log
  mkdir -p "$kiosk_build_dir" || kiosk_fail "build: cannot make $kiosk_build_dir"
  # Lets ccache see through the precompiled header of the tests.
  export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}"
  # A clone at another place finds what this one compiled.
  export CCACHE_BASEDIR="$kiosk_source" CCACHE_NOHASHDIR=1
  export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(kiosk_jobs)}"
  # Two runs at once take turns in one tree.
  (
    flock 9
    kiosk_configure
    kiosk_compile "$@"
  ) 9>"$kiosk_build_dir/lock" || exit 1
}
