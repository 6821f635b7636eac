#!/usr/bin/env bash
# From a fresh checkout to a Linux guest that drives a passed-through NVMe disk.
. "$(dirname "${BASH_SOURCE[0]}")/eng/progress.sh"

usage() {
    cat <<'USAGE'
usage: ./run.sh [--in-process | --help]

Installs what is missing (Debian and Ubuntu, by package name), builds everything, fetches Debian's arm64 kernel
and busybox, and boots that kernel as a guest of the EL2 image on QEMU's `virt` machine. Shows the guest's console,
checks the disk that the guest wrote, and prints what the hypervisor saw.

  --in-process   the same walk inside one .NET process against a simulated function; needs the .NET SDK alone
  --help         this text
USAGE
}

case ${1:-} in
    '') ;;
    --in-process)
        step_plan 2
        step "building the sample"
        quietly "$logs/build.log" dotnet build "$root/samples/InProcess" -c Release -v q -nologo
        step "the walk, in this process"
        dotnet run --project "$root/samples/InProcess" -c Release --no-build
        exit
        ;;
    --help | -h)
        usage
        exit 0
        ;;
    *)
        usage >&2
        fail "unknown option $1"
        ;;
esac

step_plan 5
step "tools: installing what is missing"
"$root/eng/install.sh"
step "building (log: $logs/build.log)"
"$root/eng/build.sh"
step "guest: Debian's arm64 kernel, busybox and modules"
"$root/eng/guest-assets.sh"
step "booting the guest under the hypervisor"
"$root/eng/boot.sh" --name run
step "what the hypervisor saw"
"$root/eng/summary.sh" "$logs/run.log"
