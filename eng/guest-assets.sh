#!/usr/bin/env bash
# Makes artifacts/guest: Image (the distribution's own arm64 kernel), initrd (its busybox and modules, our init), trees (device trees of the ZCU102).
# The packages come through a private apt root for arm64, made of this machine's own sources: its apt state stays as it is.
# A second run downloads nothing.  SLUICE_GUEST_SOURCES=FILE names another deb822 sources file.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

# What the guest must be able to load; whatever these depend on comes along.
modules="nvme ahci sd_mod crc32c_generic ext4"

packages=$guest/packages
tree=$guest/tree
init=$root/eng/guest/init
mkdir -p "$packages"

private_apt() {
    local command=$1 state=$guest/apt parts
    shift
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/parts"
    : >>"$state/status"
    parts=(-oDir::Etc::sourcelist=/etc/apt/sources.list -oDir::Etc::sourceparts=/etc/apt/sources.list.d)
    if [ -n "${SLUICE_GUEST_SOURCES:-}" ]; then
        cp "$SLUICE_GUEST_SOURCES" "$state/parts/guest.sources"
        parts=(-oDir::Etc::sourcelist=/dev/null -oDir::Etc::sourceparts="$state/parts")
    fi
    "$command" -oAPT::Architecture=arm64 -oAPT::Architectures=arm64 -oAPT::Sandbox::User="$(id -un)" \
        -oDir::State::Lists="$state/lists" -oDir::State::status="$state/status" -oDir::Cache="$state/cache" \
        -oAcquire::Languages=none -oAcquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
        "${parts[@]}" "$@"
}

known() { private_apt apt-cache show "$1" >/dev/null 2>&1; }
dependency() { private_apt apt-cache depends "$1" 2>/dev/null | sed -n "s/^ *|*Depends: \($2\)\$/\1/p" | head -n 1; }

# Names of the packages for this distribution, one a line; nothing if its sources have none.
wanted() {
    local kernel
    known busybox-static || return 0
    if known linux-image-arm64; then
        kernel=$(dependency linux-image-arm64 'linux-image-[0-9].*')
    elif known linux-image-virtual; then
        kernel=$(dependency linux-image-virtual 'linux-image-[0-9].*')
        [ -n "$kernel" ] && printf '%s\n' "${kernel/image/modules}"
    fi
    [ -n "${kernel:-}" ] && printf '%s\n' "$kernel" busybox-static
}

download() {
    local names
    command -v apt-get >/dev/null || fail "the guest's kernel and busybox come as Debian packages, and this machine has no apt-get" \
        "put linux-image-*_arm64.deb and busybox-static_*_arm64.deb into $packages, or run ./run.sh --in-process"
    say "reading the package lists for arm64"
    quietly "$logs/guest-apt-update.log" private_apt apt-get -q update || warn "apt-get update reported errors; trying with what there is"
    names=$(wanted)
    [ -n "$names" ] || fail "the sources of this machine offer no arm64 kernel and busybox-static" \
        "(Ubuntu's main archive has amd64 only: its arm64 packages are in the ports archive.)" \
        "Name a deb822 sources file that has them and try again: SLUICE_GUEST_SOURCES=FILE ./run.sh" \
        "or, without a guest: ./run.sh --in-process"
    say "downloading:" $names
    (cd "$packages" && quietly "$logs/guest-apt-download.log" private_apt apt-get -q download $names) \
        || fail "downloading the guest's packages failed"
}

# raw_image FROM TO: an arm64 kernel as the raw Image, whichever of the three ways the distribution wraps it.
raw_image() {
    local from=$1 to=$2 offset size kind
    case $(od -An -tx1 -N8 "$from" | tr -d ' \n') in
        1f8b*) gzip -dc "$from" >"$to" ;;
        4d5a00007a696d67) # "MZ\0\0zimg": the EFI zboot wrapper, with the place, size and kind of its payload
            offset=$(od -An -tu4 -j8 -N4 "$from" | tr -d ' ')
            size=$(od -An -tu4 -j12 -N4 "$from" | tr -d ' ')
            kind=$(od -An -c -j24 -N8 "$from" | tr -d ' \n' | sed 's/\\0.*//')
            case $kind in
                gzip) kind="gzip -dc" ;;
                zstd*) kind="zstd -dcq" ;;
                xz*) kind="xz -dc" ;;
                *) fail "$from: kernel payload of unknown kind '$kind'" ;;
            esac
            tail -c +$((offset + 1)) "$from" | head -c "$size" | $kind >"$to"
            ;;
        *) cp "$from" "$to" ;;
    esac
    [ "$(od -An -c -j56 -N4 "$to" | tr -d ' \n')" = ARMd ] || fail "$from is not an arm64 kernel: no ARM\\x64 magic"
}

module_order=()
# add_module NAME FOLDER: the module after everything that it depends on, uncompressed, into FOLDER.
add_module() {
    local name=${1//-/_} folder=$2 file plain dependency
    plain=$folder/$name.ko
    [ ! -e "$plain" ] || return 0
    file=$(find "$tree" -path '*/modules/*' -name '*.ko*' | sed -n "\\#/${name//_/[-_]}\\.ko\\(\\.[a-z]*\\)\\?\$#p" | sort | head -n 1)
    if [ -z "$file" ]; then
        find "$tree" -name modules.builtin -exec cat {} + | grep -q "/${name//_/[-_]}\\.ko\$" && return 0
        fail "the guest's kernel has no module $name, neither built in nor apart"
    fi
    case $file in
        *.xz) xz -dc "$file" >"$plain" ;;
        *.zst) zstd -dcq "$file" >"$plain" ;;
        *) cp "$file" "$plain" ;;
    esac
    for dependency in $(tr '\0' '\n' <"$plain" | sed -n 's/^depends=//p' | head -n 1 | tr ',' ' '); do
        add_module "$dependency" "$folder"
    done
    module_order+=("$name")
}

build_initrd() {
    local stage=$guest/initrd.tree
    rm -rf "$stage"
    mkdir -p "$stage"/{bin,modules,proc,sys,dev,mnt}
    cp "$(find "$tree" -path '*/bin/busybox' | head -n 1)" "$stage/bin/busybox"
    cp "$init" "$stage/init"
    chmod 755 "$stage/init" "$stage/bin/busybox"
    for name in $modules; do
        add_module "$name" "$stage/modules"
    done
    printf '%s\n' "${module_order[@]}" >"$stage/modules/order"
    find "$stage" -exec touch -h -d @0 {} +
    (cd "$stage" && find . -mindepth 1 | sort | cpio --quiet -o -H newc --reproducible -R 0:0) >"$guest/initrd"
    rm -rf "$stage"
}

if ! ls "$packages"/linux-image-*_arm64.deb "$packages"/busybox-static_*_arm64.deb >/dev/null 2>&1; then
    download
fi
stamp=$(cd "$packages" && sha256sum ./*.deb "$init" "$root/eng/guest-assets.sh" | sha256sum)
if [ "$stamp" = "$(cat "$guest/stamp" 2>/dev/null)" ] && [ -s "$guest/Image" ] && [ -s "$guest/initrd" ]; then
    say "the guest's kernel and initial file system are up to date"
    exit 0
fi
say "unpacking and packing"
rm -rf "$tree" "$guest/stamp"
mkdir -p "$tree"
for package in "$packages"/*.deb; do
    dpkg-deb -x "$package" "$tree"
done
raw_image "$(find "$tree/boot" -name 'vmlinuz-*' | head -n 1)" "$guest/Image"
build_initrd
# The kernel's device trees of the ZCU102, for the tests of who reads them.
mkdir -p "$guest/trees"
find "$tree" -name 'zynqmp-zcu102*.dtb' -exec cp {} "$guest/trees/" \;
basename "$(find "$tree/boot" -name 'vmlinuz-*' | head -n 1)" | sed 's/^vmlinuz-//' >"$guest/version"
printf '%s\n' "$stamp" >"$guest/stamp"
rm -rf "$tree"
say "guest: Linux $(cat "$guest/version"), initial file system $(stat -c %s "$guest/initrd") bytes, modules: ${module_order[*]}"
