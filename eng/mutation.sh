#!/usr/bin/env bash
# Changes the core one expression at a time and runs the tests that cover it: what no test notices is listed. Takes an hour and more; not part of test.sh.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

usage() {
    cat <<'USAGE'
usage: eng/mutation.sh [PART...] [--all-tests] [--help]

  PART   ConfigSpace, Interrupts, Domains, Registers, or a glob of files below the project, as Interrupts/PendingBits.cs; all four without any

  --all-tests  also the tests of the whole core against hostile devices, which notice more and take many times as long; for a few files

Reports are in artifacts/mutation/PART. A dot is a change that was noticed, S one that was not, T one that made a test run too long, E one that ended the process.
USAGE
}

parts=()
all=false
for argument in "$@"; do
    case $argument in
        --help | -h) usage; exit 0 ;;
        --all-tests) all=true ;;
        -*) usage >&2; fail "unknown option $argument" ;;
        *) parts+=("$argument") ;;
    esac
done
[ ${#parts[@]} -gt 0 ] || parts=(ConfigSpace Interrupts Domains Registers)

cd "$root"
dotnet tool restore >/dev/null

# The tool compiles by itself, and tells generators nothing of what is said about a file: it gets what they made.
sources=$artifacts/mutation/sources
rm -rf "$sources"
for project in Runtime Runtime/Simulation; do
    quietly "$logs/mutation.log" dotnet build "$root/$project" -c Release -v q -nologo --no-incremental -p:SluiceKeepsSources="$sources" -p:RunAnalyzers=false
done
# A test project with these stays in memory as long as it can (eng/mutation/MutationTests.cs).
export SluiceMutates=true SluiceSources=$sources RunAnalyzers=false

# What tries many things at random tries fewer: thousands of runs make up for it.
export SLUICE_EFFORT=5 SLUICE_MAPS=${SLUICE_MAPS:-10} SLUICE_FAULT_PAIRS=10 SLUICE_ACCESSES=${SLUICE_ACCESSES:-2000} SLUICE_CYCLES=50
for part in "${parts[@]}"; do
    case $part in
        Registers) project=$root/Registers; globs=("Tables/*.cs" "Access/Lanes.cs"); tests=(tests/Sluice.Registers.Tests/Sluice.Registers.Tests.csproj) ;;
        *)
            project=$root/Runtime
            tests=(tests/Sluice.Runtime.Tests/Sluice.Runtime.Tests.csproj)
            ! $all || tests+=(tests/Sluice.Passthrough.Tests/Sluice.Passthrough.Tests.csproj)
            case $part in *.cs) globs=("$part") ;; *) globs=("$part/**/*.cs") ;; esac
            ;;
    esac
    out=$root/artifacts/mutation/${part//\//.}
    options=()
    for glob in "${globs[@]}"; do options+=(--mutate "$glob"); done
    for test in "${tests[@]}"; do options+=(--test-project "$root/$test"); done
    say "mutating $part"

    # Begun beside the project: beside a solution, it takes the test projects from there.
    (cd "$project" && dotnet stryker --config-file "$root/eng/mutation.json" --configuration Release \
        --concurrency "$(nproc)" --reporter json --reporter markdown --reporter cleartext --reporter dots --output "$out" "${options[@]}")
done
