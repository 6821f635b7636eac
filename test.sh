#!/usr/bin/env bash
# Runs every test; the last line is "N passed, N failed", the exit code is 1 if any failed.
. "$(dirname "${BASH_SOURCE[0]}")/eng/progress.sh"

usage() {
    cat <<'USAGE'
usage: ./test.sh [--boots N] [--quick] [--help]

  --boots N   boot the guest N times (3 without this option)
  --quick     leave out what needs QEMU: the drivers against its devices, the boots, the negative control, the trap cost
  --help      this text

Every test of every project counts as one, and so do the build and the formatting check. A skipped test counts as failed.
Logs are in artifacts/logs, results (trx) in artifacts/test-results.
USAGE
}

export SLUICE_BOOTS=3
quick=
while [ $# -gt 0 ]; do
    case $1 in
        --boots)
            [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "--boots needs a number"
            SLUICE_BOOTS=$2
            shift
            ;;
        --quick) quick=yes ;;
        --help | -h) usage; exit 0 ;;
        *) usage >&2; fail "unknown option $1" ;;
    esac
    shift
done

results=$artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
passed=0
failed=0
failures=()

count() { # count TEXT PASSED FAILED
    passed=$((passed + $2))
    failed=$((failed + $3))
    say "    $1: $2 passed, $3 failed"
    [ "$3" -eq 0 ] || failures+=("$1: $3 failed")
}

check() { # check TEXT LOG COMMAND...
    local text=$1 log=$2
    shift 2
    if quietly "$log" "$@"; then count "$text" 1 0; else count "$text" 0 1; fi
}

finish() {
    # Nothing may follow the last line.
    trap - EXIT ERR
    say ""
    for line in "${failures[@]}"; do
        say "failed: $line"
    done
    say "$passed passed, $failed failed"
    exit $((failed > 0))
}

# A project's counts come from its result file. Whatever is not a pass is a failure, and so is a run that left no file.
run_project() { # run_project NAME [OPTION...]
    local name=$1 trx=$results/$1.trx total good code=0
    shift
    dotnet test "$root/tests/$name/bin/Release/net10.0/$name.dll" --nologo "$@" \
        --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" --results-directory "$results" \
        >"$logs/$name.log" 2>&1 || code=$?
    total=$(sed -n 's/.*<Counters total="\([0-9]*\)".*/\1/p' "$trx" 2>/dev/null | head -n 1)
    good=$(sed -n 's/.*<Counters [^>]* passed="\([0-9]*\)".*/\1/p' "$trx" 2>/dev/null | head -n 1)
    if [ -z "$total" ] || [ "$total" -eq 0 ]; then
        tail -n 25 "$logs/$name.log"
        count "$name (no results)" 0 1
        return
    fi
    if [ "$total" -ne "$good" ]; then
        awk '/^  (Passed|Failed|Skipped) /{ shown = /^  (Failed|Skipped)/ } /^(Test Run|Total tests)|^\[xUnit/{ shown = 0 } shown' "$logs/$name.log" | head -n 200
    elif [ "$code" -ne 0 ]; then
        tail -n 25 "$logs/$name.log"
        count "$name (the test host ended with $code)" "$good" 1
        return
    fi
    count "$name" "$good" $((total - good))
}

boot_tests=Sluice.Boot.Tests
hosting_tests=Sluice.Hosting.Tests
projects=()
for project in "$root"/tests/*/*.Tests.csproj; do
    name=$(basename "$project" .csproj)
    [ "$name" = "$boot_tests" ] || projects+=("$name")
done

step_plan $([ -n "$quick" ] && echo 4 || echo 6)
step "tools"
if [ -z "$quick" ]; then "$root/eng/install.sh"; else say "    left out: --quick needs the .NET SDK alone"; fi
[ -n "$quick" ] || check "a QEMU with stage 2" "$logs/qemu-stage2.log" "$root/eng/qemu-stage2.sh"
step "building"
check "build" "$logs/test-build.log" "$root/eng/build.sh"
[ "$failed" -eq 0 ] || finish
step "formatting"
check "dotnet format --verify-no-changes" "$logs/format.log" "$root/eng/format.sh"
if [ -z "$quick" ]; then
    step "guest: Debian's arm64 kernel, busybox, modules and device trees"
    check "guest assets" "$logs/guest-assets.log" "$root/eng/guest-assets.sh"
fi
step "tests of ${#projects[@]} projects"
for name in "${projects[@]}"; do
    if [ "$name" = "$hosting_tests" ] && [ -n "$quick" ]; then
        run_project "$name" --filter 'FullyQualifiedName!~.Qemu.'
    else
        run_project "$name"
    fi
done
if [ -z "$quick" ]; then
    step "boots: $SLUICE_BOOTS, the negative control, the trap cost"
    run_project "$boot_tests"
    grep '^trap cost:' "$logs/trap-cost.log" || true
    sed -n 's/^ *\(Passed\|Failed\) Sluice\.Boot\.Tests\./    \1 /p' "$logs/$boot_tests.log"
fi
finish
