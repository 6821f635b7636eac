# Sourced by the other scripts: where things are, and how progress and failures are said.
# shellcheck shell=bash

set -euo pipefail
export LC_ALL=C

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=${SLUICE_ARTIFACTS:-$root/artifacts}
logs=$artifacts/logs
guest=$artifacts/guest
image=$artifacts/hypervisor/sluice-virt.elf
mkdir -p "$logs"

# Debian keeps mke2fs and debugfs where only root looks by default.
export PATH=$PATH:/usr/sbin:/sbin
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

trap 'warn "$0: line $LINENO failed"' ERR

# fail WHY... : the reason on stderr, one line an argument; ends the script.
fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    for line in "$@"; do
        printf '       %s\n' "$line" >&2
    done
    exit 1
}

# quietly LOG COMMAND... : output goes to the log; on failure its tail is shown.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    if ! "$@" >"$log" 2>&1; then
        warn "--- the end of $log"
        tail -n 25 "$log" >&2
        warn "---"
        return 1
    fi
}

# step_plan N, then step TEXT for each: "[2/7] building".
steps_total=0
steps_done=0
steps_text=
step_plan() {
    steps_total=$1
    trap 'steps_exit $?' EXIT
}
step() {
    steps_done=$((steps_done + 1))
    steps_text=$*
    printf '[%d/%d] %s\n' "$steps_done" "$steps_total" "$*"
}
steps_exit() {
    if [ "$1" -ne 0 ] && [ "$steps_done" -gt 0 ]; then
        warn "failed in step [$steps_done/$steps_total] $steps_text (logs: $logs)"
    fi
}
