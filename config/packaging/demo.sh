# Sourced by kiosk/run and the journeys: the sandbox on loopback, and a configuration of the demo region that points at it.

# kiosk_start_sandbox BIN_DIR WORK_DIR [ARGS]: sets kiosk_sandbox_url and kiosk_sandbox_pid.
kiosk_start_sandbox() {
  kiosk_bin=$1
  kiosk_work=$2
  shift 2
  : >"$kiosk_work/sandbox.out"  # there to be read, however long the program takes to begin
  "$kiosk_bin/kiosk-sandbox" --port 0 "$@" >"$kiosk_work/sandbox.out" 2>"$kiosk_work/sandbox.err" &
  kiosk_sandbox_pid=$!
  kiosk_sandbox_url=
  kiosk_tries=0
  while [ -z "$kiosk_sandbox_url" ]; do
    kiosk_sandbox_url=$(sed -n 's/^listening on //p' "$kiosk_work/sandbox.out" | head -n 1)
    kill -0 "$kiosk_sandbox_pid" 2>/dev/null || { cat "$kiosk_work/sandbox.err" >&2; return 1; }
    kiosk_tries=$((kiosk_tries + 1))
    [ "$kiosk_tries" -le 200 ] || { echo "the sandbox did not start in 20 s" >&2; return 1; }
    [ -n "$kiosk_sandbox_url" ] || sleep 0.1
  done
}

# kiosk_for_sed TEXT: so that sed puts it in as it stands, whatever a folder is called.
kiosk_for_sed() {
  printf %s "$1" | sed 's/[&|\\]/\\&/g'
}

# kiosk_demo_config SOURCE_DIR WORK_DIR: writes WORK_DIR/demo.toml.
kiosk_demo_config() {
  sed -e "s|@SANDBOX@|$kiosk_sandbox_url|g" -e "s|@DEMO@|$(kiosk_for_sed "$1")/assets/demo|g" -e "s|@WORK@|$(kiosk_for_sed "$2")|g" \
    "$1/config/demo.toml.in" >"$2/demo.toml"
}
