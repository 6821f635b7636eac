#!/usr/bin/env bash
# Boots the guest once, shows its console as it comes, and checks what it did.
#   boot.sh [--bare] [--smmu-abort] [--name NAME] [--bound SECONDS] [--quiet]
# --bare        the same guest on the same machine without the hypervisor, for comparison
# --smmu-abort  the negative control: the disk's stream is set to abort, so its I/O must not complete
# --name        names the log, artifacts/logs/NAME.log (each line with the milliseconds since the start), and the disk
# --bound       seconds after which the machine is stopped from outside
# Exit code 0: the guest reached user space and did (or, as a control, could not do) its disk work.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

mode=hypervisor
name=
bound=90
quiet=
abort=
while [ $# -gt 0 ]; do
    case $1 in
        --bare) mode=bare ;;
        --smmu-abort) abort=yes ;;
        --name) name=$2; shift ;;
        --bound) bound=$2; shift ;;
        --quiet) quiet=yes ;;
        *) fail "boot.sh: unknown option $1" ;;
    esac
    shift
done
[ -z "$abort" ] || [ "$mode" = hypervisor ] || fail "boot.sh: --smmu-abort needs the hypervisor"
: "${name:=$mode${abort:+-smmu-abort}}"

log=$logs/$name.log
boots=$artifacts/boots/$name
nonce=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
arguments="console=ttyAMA0 panic=-1 sluice.nonce=$nonce ${abort:+sluice.bound=10}"
mkdir -p "$boots"

for file in "$guest/Image" "$guest/initrd"; do
    [ -s "$file" ] || fail "$file is missing: run eng/guest-assets.sh"
done
"$root/eng/disk.sh" make "$boots/disk.img"

machine=(-cpu cortex-a57 -smp 1 -m 1G -display none -serial stdio -monitor none -nic none -no-reboot
    -drive "if=none,file=$boots/disk.img,format=raw,id=disk" -device nvme,drive=disk,serial=sluice,addr=2
    # Not the guest's: under the hypervisor its config space must read as absent.
    -device edu,addr=3)
if [ "$mode" = bare ]; then
    command=(qemu-system-aarch64 -M virt,gic-version=2,highmem=off "${machine[@]}"
        -kernel "$guest/Image" -initrd "$guest/initrd" -append "$arguments")
else
    [ -s "$image" ] || fail "$image is missing: run eng/build.sh"
    board=virt,virtualization=on,gic-version=2,iommu=smmuv3,highmem=off
    kernel_at=0x70000000
    ramdisk_at=0x7c000000
    "$root/eng/guest-tree.sh" "$boots/machine.dtb" "$board" "$arguments" 0x10 "$guest/Image:$kernel_at" "$guest/initrd:$ramdisk_at" $abort
    command=(qemu-system-aarch64 -M "$board" "${machine[@]}" -kernel "$image" -dtb "$boots/machine.dtb"
        -device "loader,file=$guest/Image,addr=$kernel_at,force-raw=on"
        -device "loader,file=$guest/initrd,addr=$ramdisk_at,force-raw=on")
fi

milliseconds() { local now=${EPOCHREALTIME/[.,]/}; echo $((now / 1000)); }
started=$(milliseconds)
follow() {
    local line now
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        now=${EPOCHREALTIME/[.,]/}
        printf '%6d %s\n' $((now / 1000 - started)) "$line"
        # The hypervisor's table comes after the disk has been checked, by eng/summary.sh.
        [ "$line" != 'sluice: summary' ] || quiet=yes
        [ -n "$quiet" ] || printf '%s\n' "$line" >&3
    done
}
exec 3>&1
status=0
timeout -k 5 "$bound" "${command[@]}" </dev/null 2>&1 | follow >"$log" || status=${PIPESTATUS[0]}
[ "$status" -ne 124 ] || fail "the machine was still running after $bound s and was stopped" "log: $log"
[ "$status" -eq 0 ] || fail "QEMU ended with exit code $status" "log: $log"

said() { grep -q "^ *[0-9]* guest: $1" "$log"; }
at() { sed -n "s/^ *\([0-9]*\) guest: $1.*/\1/p" "$log" | head -n 1; }

said 'user space' || fail "the guest did not reach user space" "log: $log"
if [ -n "$abort" ]; then
    said 'read ' && fail "the guest read from its disk although its stream is set to abort" "log: $log"
    said 'disk I/O did not complete' || fail "the guest's disk I/O completed although its stream is set to abort" "log: $log"
    fault=$(sed -n 's/^ *[0-9]* //; /^sluice: summary/,/^sluice: end/{ /fault.*stream 0x0*10 .*address 0x[0-9a-f]/p }' "$log" | head -n 1)
    [ -n "$fault" ] || fail "the aborted disk I/O was not reported as a fault with stream and address" "log: $log"
    say "control: the guest's disk I/O did not complete; $fault"
    exit 0
fi
said 'disk I/O did not complete' && fail "the guest's disk I/O did not complete" "log: $log"
said 'pci .* 1b36:0010 ' || fail "the guest did not see the NVMe function" "log: $log"
if [ "$mode" = hypervisor ] && said 'pci .* 1234:11e8 '; then
    fail "the guest saw a function that was not passed through" "log: $log"
fi
for file in HELLO.TXT BULK.TXT; do
    said "read $file sha256 $("$root/eng/disk.sh" digest "$file")" || fail "the guest did not read $file as it is on the disk" "log: $log"
done
said 'done' || fail "the guest did not finish" "log: $log"
"$root/eng/disk.sh" check "$boots/disk.img" "$nonce"
say "boot $name: user space after $(at 'user space') ms, read and write done after $(at 'done') ms"
