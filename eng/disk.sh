#!/usr/bin/env bash
# The guest's disk: an ext4 file system in a raw file, made and read back without mounting it.
#   disk.sh make FILE          a new disk with HELLO.TXT and BULK.TXT
#   disk.sh digest NAME        the sha256 of HELLO.TXT or BULK.TXT as made
#   disk.sh check FILE NONCE   the file system is clean and WRITTEN.TXT is what the guest should have written
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

hello() { printf 'Hello from a disk that the guest drives by itself.\n'; }
bulk() { seq 1 150000; }
digest() { "$1" | sha256sum | cut -d ' ' -f 1; }

written() {
    printf 'written by the guest, nonce %s\nHELLO.TXT sha256 %s\n' "$1" "$(digest hello)"
    seq 1 20000 | sed "s/^/$1 /"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

case ${1:-} in
    make)
        hello >"$scratch/HELLO.TXT"
        bulk >"$scratch/BULK.TXT"
        touch -d @0 "$scratch"/*.TXT "$scratch"
        rm -f "$2"
        truncate -s 32M "$2"
        E2FSPROGS_FAKE_TIME=1 mke2fs -q -t ext4 -b 4096 -L sluice -E root_owner=0:0,hash_seed=b3f7a1de-0d5c-4d66-9f64-3f1c7d3a9e01 \
            -U 6f6d8c1e-5d0b-4e0c-9a53-0a6f1f0f51ce -d "$scratch" "$2"
        ;;
    digest)
        case $2 in
            HELLO.TXT) digest hello ;;
            BULK.TXT) digest bulk ;;
            *) fail "no such file on the disk: $2" ;;
        esac
        ;;
    check)
        e2fsck -fn "$2" >"$scratch/e2fsck" 2>&1 || fail "the disk's file system is not clean:" "$(cat "$scratch/e2fsck")"
        debugfs -R 'cat /WRITTEN.TXT' "$2" >"$scratch/read" 2>"$scratch/debugfs"
        [ -s "$scratch/read" ] || fail "the guest's WRITTEN.TXT is not on the disk: $(tail -n 1 "$scratch/debugfs")"
        written "$3" >"$scratch/expected"
        cmp "$scratch/expected" "$scratch/read" >&2 || fail "WRITTEN.TXT on the disk is not what the guest should have written"
        say "WRITTEN.TXT on the disk: $(stat -c %s "$scratch/read") bytes as expected, sha256 $(sha256sum <"$scratch/read" | cut -d ' ' -f 1)"
        ;;
    *) fail "usage: disk.sh make FILE | digest NAME | check FILE NONCE" ;;
esac
