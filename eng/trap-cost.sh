#!/usr/bin/env bash
# Counts what the round trip of a trap costs at EL2, in instructions: the compiled C# handler and its C twin, in one run of one image.
# Under -icount shift=0 an instruction takes one nanosecond of the machine's time, so that its counter counts instructions.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

cost_image=$artifacts/hypervisor/trap-cost.elf
[ -s "$cost_image" ] || fail "$cost_image is missing: run eng/build.sh"
timeout -k 5 60 qemu-system-aarch64 -M virt,virtualization=on,gic-version=2,highmem=off -cpu cortex-a57 -smp 1 -m 256M \
    -accel tcg,thread=single -icount shift=0,sleep=off -display none -serial stdio -monitor none -nic none -no-reboot \
    -kernel "$cost_image" </dev/null 2>&1 | tr -d '\r' | tee "$logs/trap-cost.log"
grep -q '^trap cost: C#' "$logs/trap-cost.log" || fail "the image reported no cost" "log: $logs/trap-cost.log"
