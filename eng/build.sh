#!/usr/bin/env bash
# Builds the solution and the EL2 image, once, in the configuration that run.sh and test.sh share.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

quietly "$logs/build.log" dotnet build "$root/Sluice.slnx" -c Release -v m -nologo \
    || fail "the build failed; all of it: $logs/build.log"
if [ -s "$image" ]; then
    say "image: $(aarch64-linux-gnu-size "$image" | awk 'NR == 2 { print "text " $1 ", data " $2 ", bss " $3 " bytes" }'), neither allocator nor unwinder linked"
fi
