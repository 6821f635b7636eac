#!/usr/bin/env bash
# What the analyzers add to the compiler's work: on Runtime, and on 5,000 methods that have no guest's value. Processor seconds of the
# compiler in a process of its own, the least of several rounds, with our analyzers and without them; and the compiler's own report.
. "$(dirname "${BASH_SOURCE[0]}")/progress.sh"

rounds=${1:-3}
[[ $rounds =~ ^[1-9][0-9]*$ ]] || fail "usage: eng/analyzer-cost.sh [ROUNDS]"
work=$artifacts/analyzer-cost
mkdir -p "$work"

# The compiler's command line, one argument a line, from a detailed log.
command_of() { # command_of LOG FILE
    local line
    line=$(grep -m 1 -E '^ +[^ ]+/csc(\.dll|\.exe)? ' "$1") || fail "no compiler was run; all of it: $1"
    xargs -n 1 printf '%s\n' <<<"$line" >"$2"
}

# Runs the command without the analyzers that match, prints processor seconds.
compile() { # compile FILE PATTERN
    local compiler TIMEFORMAT='%U %S'
    compiler=$(head -n 1 "$1")
    # The compiler takes a comma in a file's name for the end of it, unless the name is quoted.
    sed -E '1d; /^\/(out|refout|doc|embed|reportanalyzer|noconfig)(:|$)/d; s|^([^/].*)$|"\1"|; s|^(/[a-z]/.*)$|"\1"|' "$1" | grep -v -E "$2" >"$work/command.rsp"
    { time "$compiler" /noconfig @"$work/command.rsp" /out:"$work/out.dll" >"$work/csc.log" 2>&1; } 2>"$work/time" \
        || { tail -n 25 "$work/csc.log" >&2; fail "the compiler failed"; }
    awk '{ printf "%.2f\n", $1 + $2 }' "$work/time"
}

least() { sort -n | head -n 1; }

measure() { # measure NAME FILE
    local with=() without=()
    for _ in $(seq "$rounds"); do
        with+=("$(cd "$root/Runtime" && compile "$2" 'no such analyzer')")
        without+=("$(cd "$root/Runtime" && compile "$2" 'Sluice\.Analyzers')")
    done
    local most few
    most=$(printf '%s\n' "${with[@]}" | least)
    few=$(printf '%s\n' "${without[@]}" | least)
    awk -v name="$1" -v most="$most" -v few="$few" \
        'BEGIN { printf "%s: %.2f s with the analyzers, %.2f s without: %+.0f %%\n", name, most, few, (most - few) * 100 / few }'
}

synthetic() { # 5,000 methods in 50 classes: loops, arrays, branches, calls
    awk 'BEGIN {
        print "namespace Synthetic;"
        for (part = 1; part <= 50; part++) {
            print "public static class Part" part "\n{"
            for (method = 1; method <= 100; method++) {
                print "    public static int Sum" method "(int[] values, int limit)\n    {\n        int sum = " method ";"
                print "        for (int index = 0; index < values.Length; index++)\n        {\n            int value = values[index];"
                print "            if (value > limit)\n            {\n                value = System.Math.Min(value, limit) << 1;\n            }\n"
                print "            sum += value % 2 == 0 ? value : sum >> 1;\n        }\n"
                print "        return sum > limit && values.Length > 0 ? values[0] : sum;\n    }\n"
            }
            print "}"
        }
    }'
}

quietly "$work/build.log" dotnet build "$root/Runtime/Sluice.Runtime.csproj" -c Release -v q -nologo
quietly "$work/detail.log" dotnet build "$root/Runtime/Sluice.Runtime.csproj" -c Release -v d -nologo --no-dependencies --no-incremental \
    -p:ReportAnalyzer=true -p:UseSharedCompilation=false
command_of "$work/detail.log" "$work/runtime.txt"
synthetic >"$work/Synthetic.cs"
grep -v -E '\.cs$|^/(additionalfile|resource):' "$work/runtime.txt" >"$work/synthetic.txt"
echo "$work/Synthetic.cs" >>"$work/synthetic.txt"
measure "Runtime" "$work/runtime.txt"
measure "5,000 methods without a guest's value" "$work/synthetic.txt"
say "the compiler's report on Runtime:"
sed -n '/^ *Total analyzer execution time/p; /^ *[<0-9][0-9.]* .*Sluice\.Analyzers[,.]/p' "$work/detail.log" | cut -c 1-110
