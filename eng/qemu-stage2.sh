#!/usr/bin/env bash
# Finds a QEMU whose SMMUv3 has stage 2 (8.1 and later) for the tests that drive it, and writes its path to artifacts/qemu-stage2/program.
# The distribution's own serves where it is new enough; otherwise one from the backports of this machine's own sources is unpacked below artifacts.
# The machine's packages and its apt state stay as they are. A second run downloads nothing.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

place=$artifacts/qemu-stage2
state=$place/apt
tree=$place/tree
mkdir -p "$place"

new_enough() { # new_enough PROGRAM
    local version
    version=$("$1" --version 2>/dev/null | sed -n 's/.*version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p') || return 1
    read -r major minor <<<"$version"
    [ -n "${major:-}" ] && { [ "$major" -gt 8 ] || { [ "$major" -eq 8 ] && [ "$minor" -ge 1 ]; }; }
}

own=$(command -v qemu-system-aarch64 || true)
if [ -n "$own" ] && new_enough "$own"; then
    rm -f "$place/libraries"
    printf '%s\n' "$own" >"$place/program"
    say "QEMU with stage 2: $own"
    exit 0
fi

libraries=$tree/usr/lib/$(dpkg --print-architecture | sed 's/amd64/x86_64/; s/arm64/aarch64/')-linux-gnu
unpacked=$tree/usr/bin/qemu-system-aarch64
runs() { LD_LIBRARY_PATH=$libraries QEMU_MODULE_DIR=$libraries/qemu "$unpacked" --version >/dev/null 2>&1; }

finish() {
    printf '%s\n' "$unpacked" >"$place/program"
    printf '%s\n' "$libraries" >"$place/libraries"
    say "QEMU with stage 2: $(LD_LIBRARY_PATH=$libraries "$unpacked" --version | head -n 1)"
    exit 0
}
[ -x "$unpacked" ] && runs && finish

codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
[ -n "$codename" ] && command -v apt-get >/dev/null || fail "no QEMU of 8.1 or later was found, and this machine has no apt to get one with" "install one; the tests of stage 2 drive it"

# The machine's own sources, and the same with the backports suite.
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/parts"
rm -f "$state"/parts/*
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] || continue
    cp "$file" "$state/parts/$(basename "$file" .list).list"
    sed -n "s/^\(deb .*[[:space:]]\)$codename\([[:space:]]\)/\1$codename-backports\2/p" "$file" >"$state/parts/$(basename "$file" .list)-backports.list"
done
for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    cp "$file" "$state/parts/"
    awk -v suite="$codename" 'BEGIN { RS = ""; FS = "\n" }
        $0 ~ "\nSuites:[^\n]*[ \t]" suite "([ \t\n]|$)" || $0 ~ "^Suites:[^\n]*[ \t]" suite "([ \t\n]|$)" {
            for (line = 1; line <= NF; line++) { print ($line ~ /^Suites:/ ? "Suites: " suite "-backports" : $line) }
            print ""
        }' "$file" >"$state/parts/$(basename "$file" .sources)-backports.sources"
done

private_apt() {
    local command=$1
    shift
    "$command" -oAPT::Sandbox::User="$(id -un)" -oDir::State::Lists="$state/lists" -oDir::Cache="$state/cache" -oAcquire::Languages=none \
        -oDir::Etc::sourcelist=/dev/null -oDir::Etc::sourceparts="$state/parts" -oDebug::NoLocking=1 "$@"
}

say "QEMU with stage 2: looking in the backports of $codename"
quietly "$logs/qemu-stage2-update.log" private_apt apt-get -q update || warn "apt-get update reported errors; trying with what there is"
packages=$(private_apt apt-get -s -q install --no-install-recommends -t "$codename-backports" qemu-system-arm 2>"$logs/qemu-stage2-plan.log" \
    | sed -n 's/^Inst \([^ ]*\) .*/\1/p' | awk '!/^qemu-system-/ || /-(arm|common|data)$/') || true
[ -n "$packages" ] || fail "the backports of $codename offer no newer qemu-system-arm" "install a QEMU of 8.1 or later; the tests of stage 2 drive it"
say "    downloading:" $packages
rm -rf "$tree" "$place/packages"
mkdir -p "$tree" "$place/packages"
# shellcheck disable=SC2086
(cd "$place/packages" && quietly "$logs/qemu-stage2-download.log" private_apt apt-get -q download -t "$codename-backports" $packages) \
    || fail "downloading QEMU failed"
for package in "$place"/packages/*.deb; do
    dpkg -x "$package" "$tree"
done
rm -rf "$place/packages"
runs || fail "the unpacked QEMU does not run: $(LD_LIBRARY_PATH=$libraries "$unpacked" --version 2>&1 | head -n 2)"
finish
