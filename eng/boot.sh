#!/usr/bin/env bash
# Boots the guest once, shows its console as it comes, and checks what it did.
#   boot.sh [--bare] [--smmu-abort] [--bridge generic|nwl] [--disk nvme|ahci] [--messages yes|no] [--name NAME] [--bound SECONDS] [--quiet]
# --bare        the same guest on the same machine without the hypervisor, for comparison
# --smmu-abort  the negative control: the disk's stream is set to abort, so its I/O must not complete
# --bridge      the host bridge that the guest sees: a generic one with a GICv2m frame, or an NWL bridge with its own message controller
# --disk        the controller that is passed through: nvme has MSI-X, ahci has MSI
# --messages    no: the guest is told to do without MSI and MSI-X, so that the function's interrupt pin serves it
# --name        names the log, artifacts/logs/NAME.log (each line with the milliseconds since the start), and the disk
# --bound       seconds after which the machine is stopped from outside
# Exit code 0: the guest reached user space and did (or, as a control, could not do) its disk work.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

mode=hypervisor
name=
bound=90
quiet=
abort=
bridge=generic
disk=nvme
messages=yes
while [ $# -gt 0 ]; do
    case $1 in
        --bare) mode=bare ;;
        --smmu-abort) abort=yes ;;
        --bridge) bridge=$2; shift ;;
        --disk) disk=$2; shift ;;
        --messages) messages=$2; shift ;;
        --name) name=$2; shift ;;
        --bound) bound=$2; shift ;;
        --quiet) quiet=yes ;;
        *) fail "boot.sh: unknown option $1" ;;
    esac
    shift
done
[ -z "$abort" ] || [ "$mode" = hypervisor ] || fail "boot.sh: --smmu-abort needs the hypervisor"
[ "$bridge" = generic ] || [ "$mode" = hypervisor ] || fail "boot.sh: --bridge needs the hypervisor"
case $bridge-$disk-$messages in
    generic-nvme-yes | generic-nvme-no | generic-ahci-yes | generic-ahci-no | nwl-nvme-yes | nwl-nvme-no | nwl-ahci-yes | nwl-ahci-no) ;;
    *) fail "boot.sh: --bridge is generic or nwl, --disk nvme or ahci, --messages yes or no" ;;
esac
: "${name:=$mode${abort:+-smmu-abort}}"

log=$logs/$name.log
boots=$artifacts/boots/$name
nonce=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
arguments="console=ttyAMA0 panic=-1 sluice.nonce=$nonce ${abort:+sluice.bound=10}"
[ "$messages" = yes ] || arguments="$arguments pci=nomsi"
mkdir -p "$boots"

for file in "$guest/Image" "$guest/initrd"; do
    [ -s "$file" ] || fail "$file is missing: run eng/guest-assets.sh"
done
"$root/eng/disk.sh" make "$boots/disk.img"

machine=(-cpu cortex-a57 -smp 1 -m 1G -display none -serial stdio -monitor none -nic none -no-reboot
    -drive "if=none,file=$boots/disk.img,format=raw,id=disk"
    # Not the guest's: under the hypervisor its config space must read as absent.
    -device edu,addr=3)
case $disk in
    nvme) identity=1b36:0010 machine+=(-device nvme,drive=disk,serial=sluice,addr=2) ;;
    ahci) identity=8086:2922 machine+=(-device ich9-ahci,id=ahci,addr=2 -device ide-hd,drive=disk,bus=ahci.0,serial=sluice) ;;
esac
if [ "$mode" = bare ]; then
    command=(qemu-system-aarch64 -M virt,gic-version=2,highmem=off "${machine[@]}"
        -kernel "$guest/Image" -initrd "$guest/initrd" -append "$arguments")
else
    [ -s "$image" ] || fail "$image is missing: run eng/build.sh"
    board=virt,virtualization=on,gic-version=2,iommu=smmuv3,highmem=off
    kernel_at=0x70000000
    ramdisk_at=0x7c000000
    "$root/eng/guest-tree.sh" "$boots/machine.dtb" "$board" "$arguments" 0x10 "$guest/Image:$kernel_at" "$guest/initrd:$ramdisk_at" "$bridge" $abort
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
said "pci .* $identity " || fail "the guest did not see the disk's function" "log: $log"
if [ "$mode" = hypervisor ] && said 'pci .* 1234:11e8 '; then
    fail "the guest saw a function that was not passed through" "log: $log"
fi
if [ "$bridge" = nwl ]; then
    said 'pci 0000:00:00.0 10ee:d021 ' || fail "the guest did not see the root port of its NWL bridge" "log: $log"
fi
case $bridge-$disk-$messages in
    # Linux's driver of the NWL bridge has no MSI-X: a function that has nothing else gets its pin.
    nwl-nvme-* | nwl-*-no) interrupts='nwl_pcie:l' ;;
    nwl-*) interrupts='nwl_pcie:m' ;;
    *-no) interrupts='GIC' ;;
    *) interrupts='MSI ' ;;
esac
if [ "$mode" = hypervisor ] && ! said "interrupt [0-9]*: *[1-9][0-9]* .*$interrupts"; then
    fail "the guest's disk did not interrupt it by $interrupts" "log: $log"
fi
for file in HELLO.TXT BULK.TXT; do
    said "read $file sha256 $("$root/eng/disk.sh" digest "$file")" || fail "the guest did not read $file as it is on the disk" "log: $log"
done
said 'done' || fail "the guest did not finish" "log: $log"
"$root/eng/disk.sh" check "$boots/disk.img" "$nonce"
say "boot $name: user space after $(at 'user space') ms, read and write done after $(at 'done') ms"
