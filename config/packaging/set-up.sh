# Sourced by kiosk/run and tests/run: installs what is missing from Debian's packages, configures and builds.
# Every step that fails says which one it was and why, and stops.

# What the programs are built with and run on; both in Debian 12 and in Debian 13.
kiosk_packages="g++ cmake ninja-build ccache pkg-config ca-certificates
  libsdl2-dev libimgui-dev libpango1.0-dev libcairo2-dev libfreetype-dev libfontconfig-dev libicu-dev libstemmer-dev
  libcurl4-openssl-dev libsqlite3-dev nlohmann-json3-dev libxml2-dev libtomlplusplus-dev libqrencode-dev libssl-dev
  libsodium-dev libespeak-ng-dev espeak-ng-data libxkbcommon-dev xkb-data libspdlog-dev libcli11-dev libcpp-httplib-dev fonts-noto-core"
# What the tests need besides. clang has the fuzzers' runtime.
kiosk_test_packages="catch2 libvalijson-dev zbar-tools python3"
kiosk_fuzz_packages="clang libclang-rt-dev"

kiosk_fail() {
  echo "$kiosk_program: $1" >&2
  exit 1
}

# kiosk_install PACKAGE...: installs those that are not there yet.
kiosk_install() {
  kiosk_missing=
  for kiosk_package in "$@"; do
    dpkg-query -W -f '${Status}' "$kiosk_package" 2>/dev/null | grep -q 'ok installed' || kiosk_missing="$kiosk_missing $kiosk_package"
  done
  [ -n "$kiosk_missing" ] || return 0
  command -v apt-get >/dev/null || kiosk_fail "set-up: this needs Debian 12 or 13 (no apt-get here); missing:$kiosk_missing"
  if [ "$(id -u)" = 0 ]; then
    kiosk_sudo=
  else
    command -v sudo >/dev/null || kiosk_fail "set-up: run as root or install sudo; missing:$kiosk_missing"
    kiosk_sudo=sudo
  fi
  echo "Installing:$kiosk_missing" >&2
  kiosk_log=$(mktemp)
  # A fresh machine has no package lists; an old list may name files that are gone.
  if ! { $kiosk_sudo apt-get update -qq && $kiosk_sudo env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $kiosk_missing; } >"$kiosk_log" 2>&1; then
    tail -n 20 "$kiosk_log" >&2
    rm -f "$kiosk_log"
    kiosk_fail "set-up: apt-get could not install:$kiosk_missing"
  fi
  rm -f "$kiosk_log"
}

# kiosk_build PRESET TARGET...: configures once and builds; $kiosk_build_dir is then the build folder.
kiosk_build() {
  kiosk_preset=$1
  shift
  if [ -z "${KIOSK_BUILD_ROOT:-}" ]; then
    KIOSK_BUILD_ROOT=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/civic-kiosk/$(printf %s "$kiosk_source" | cksum | cut -d ' ' -f 1)
  fi
  export KIOSK_BUILD_ROOT
  # Lets ccache see through the precompiled header of the tests.
  export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}"
  kiosk_build_dir=$KIOSK_BUILD_ROOT/$kiosk_preset
  mkdir -p "$kiosk_build_dir" || kiosk_fail "build: cannot make $kiosk_build_dir"
  kiosk_log=$kiosk_build_dir/build.log
  if ! (cd "$kiosk_source" && cmake --preset "$kiosk_preset" $kiosk_cmake_options) >"$kiosk_log" 2>&1; then
    tail -n 20 "$kiosk_log" >&2
    kiosk_fail "configure ($kiosk_preset): failed; the whole log is $kiosk_log"
  fi
  if [ -t 2 ]; then
    cmake --build "$kiosk_build_dir" --target "$@" >&2 || kiosk_fail "build ($kiosk_preset): failed"
  elif ! cmake --build "$kiosk_build_dir" --target "$@" >"$kiosk_log" 2>&1; then
    grep -E -A 5 'error:|FAILED:' "$kiosk_log" | head -n 60 >&2
    kiosk_fail "build ($kiosk_preset): failed; the whole log is $kiosk_log"
  fi
}
