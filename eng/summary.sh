#!/usr/bin/env bash
# Prints the table that the hypervisor left at the end of a console log of eng/boot.sh.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

table=$(sed -n 's/^ *[0-9]* //; /^sluice: summary/,/^sluice: end/p' "$1" | sed '/^sluice: /d')
[ -n "$table" ] || fail "$1 has no table of what the hypervisor saw"
printf '%s\n' "$table"
