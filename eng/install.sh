#!/usr/bin/env bash
# Installs what the boots need, by Debian package name, and only what is missing.
# Without root or apt nothing is changed: the missing packages are named and the exit code is 1.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

# command, package, what for
needs="
qemu-system-aarch64     qemu-system-arm             the machine whose devices are passed through
qemu-system-mips64el    qemu-system-mips            the machine with the soft AXI-PCIe bridge, for its driver's tests
aarch64-linux-gnu-gcc   gcc-aarch64-linux-gnu       assembles the start-up code and compiles the C twin
aarch64-linux-gnu-ld    binutils-aarch64-linux-gnu  links the EL2 image
dtc                     device-tree-compiler        adds the guest to the machine's device tree
iasl                    acpica-tools                reads the guest's ACPI tables in tests
cpio                    cpio                        packs the guest's initial file system
mke2fs                  e2fsprogs                   makes the guest's disk and reads it back
xz                      xz-utils                    unpacks kernel modules of Debian 13
zstd                    zstd                        unpacks kernel modules of Ubuntu
"

missing=()
while read -r command package purpose; do
    [ -n "$command" ] || continue
    if ! command -v "$command" >/dev/null; then
        say "missing: $command ($package): $purpose"
        missing+=("$package")
    fi
done <<<"$needs"

if ! command -v dotnet >/dev/null || ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
    fail "the .NET SDK 10.0 was not found" \
        "Ubuntu: apt-get install dotnet-sdk-10.0" \
        "elsewhere: the SDK's install page, https://dot.net; then run this again"
fi

if [ ${#missing[@]} -eq 0 ]; then
    say "every tool is present"
    exit 0
fi

by_hand="apt-get install --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null; then
    fail "this machine has no apt-get; these Debian packages, or your distribution's equivalents, are missing:" \
        "${missing[*]}" "without them: ./run.sh --in-process"
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root=(sudo -n)
    else
        fail "installing needs root, and sudo would ask for a password; run this as root, then try again:" \
            "$by_hand" "without them: ./run.sh --in-process"
    fi
fi

say "installing: ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq)
# One unreachable third-party source is no reason to stop: the installation itself tells whether the packages are there.
quietly "$logs/apt-update.log" "${apt[@]}" update || warn "apt-get update reported errors; trying with what there is"
quietly "$logs/apt-install.log" "${apt[@]}" install -y --no-install-recommends "${missing[@]}" \
    || fail "installing failed; by hand:" "$by_hand" "without them: ./run.sh --in-process"
say "installed"
