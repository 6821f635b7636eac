using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>A script for xsdb: Tcl, in which a failure is an error that what undoes catches and hands on.</summary>
internal sealed class XsdbScript(ScriptText text)
{
    private static readonly string[] _procedures =
    [
        "proc sluice_read {address size} {",
        "    return [mrd -force -size $size -value $address]",
        "}",
        "proc sluice_write {address size value} {",
        "    mwr -force -size $size $address $value",
        "}",
        "proc sluice_modify {address size keep value} {",
        "    sluice_write $address $size [expr {([sluice_read $address $size] & $keep) | $value}]",
        "}",
        "proc sluice_delay {microseconds} {",
        "    set end [expr {[clock microseconds] + $microseconds}]",
        "    while {[clock microseconds] < $end} {}",
        "}",
        "proc sluice_poll {name address size mask value timeout interval} {",
        "    set end [expr {[clock microseconds] + $timeout}]",
        "    while {1} {",
        "        set over [expr {[clock microseconds] >= $end}]",
        "        if {([sluice_read $address $size] & $mask) == $value} {",
        "            return",
        "        }",
        "        if {$over} {",
        "            error \"no answer from $name\"",
        "        }",
        "        sluice_delay $interval",
        "    }",
        "}",
    ];

    private int _failures;

    /// <summary>Writes the script.</summary>
    public void Write(ScriptOperation.Group plan)
    {
        foreach (string line in _procedures)
        {
            text.Line(line);
        }

        text.Line("");
        Group(plan);
        text.Line("puts \"" + ScriptText.Word(plan.Name) + ": done\"");
    }

    private static string Size(ScriptPlace place) => place.WidthBits switch { 8 => "b", 16 => "h", 64 => "d", _ => "w" };

    private static string Number(ScriptValue value)
        => value.Terms.Count == 0
            ? ScriptText.Hex(value.Known)
            : "[expr {" + string.Join(" | ", value.Terms.Select(Term).Prepend(ScriptText.Hex(value.Known))) + "}]";

    private static string Term(ScriptTerm term)
        => "((($" + term.Variable + " >> " + ScriptText.Decimal((ulong)term.LowBit) + ") & " + ScriptText.Hex(term.Mask) + ") << " + ScriptText.Decimal((ulong)term.ToBit) + ")";

    private void Group(ScriptOperation.Group group)
    {
        text.Line("# " + ScriptText.Plain(group.Name));
        bool canFail = group.Operations.Any(operation => operation.MayFail);
        bool isUndone = canFail && group.Undo.Count != 0;
        if (!canFail || (!isUndone && !group.IsFailureIgnored))
        {
            Operations(group.Operations);
            return;
        }

        string failure = "failure" + ScriptText.Decimal((ulong)++_failures);
        text.Line("if {[catch {");
        Inside(() => Operations(group.Operations));
        text.Line("} " + failure + "]} {");
        Inside(() =>
        {
            if (isUndone)
            {
                Operations(group.Undo);
            }

            if (!group.IsFailureIgnored)
            {
                text.Line("error $" + failure);
            }
        });
        text.Line("}");
    }

    private void Operations(IReadOnlyList<ScriptOperation> operations)
    {
        foreach (ScriptOperation operation in operations)
        {
            switch (operation)
            {
                case ScriptOperation.Group group:
                    Group(group);
                    break;
                case ScriptOperation.Delay delay:
                    text.Line("sluice_delay " + ScriptText.Decimal(delay.Microseconds));
                    break;
                case ScriptOperation.Write write:
                    Each(write.Place, address => text.Line("sluice_write " + address + " " + Size(write.Place) + " " + Number(write.Value)));
                    break;
                case ScriptOperation.Modify modify:
                    string keep = ScriptText.Hex(modify.Keep);
                    Each(modify.Place, address => text.Line("sluice_modify " + address + " " + Size(modify.Place) + " " + keep + " " + Number(modify.Value)));
                    break;
                case ScriptOperation.Poll poll:
                    Each(poll.Place, address => text.Line(
                        "sluice_poll " + ScriptText.Word(poll.Place.Name) + " " + address + " " + Size(poll.Place) + " " + ScriptText.Hex(poll.Mask) + " "
                        + ScriptText.Hex(poll.Value) + " " + ScriptText.Decimal(poll.Microseconds) + " " + ScriptText.Decimal(poll.IntervalMicroseconds)));
                    break;
                case ScriptOperation.Read read:
                    text.Line("set " + read.Variable + " [expr {(" + Look(read.Place, read.Mask) + ") / " + ScriptText.Hex(read.Mask & (~read.Mask + 1)) + "}]");
                    break;
                case ScriptOperation.If condition:
                    If(condition);
                    break;
            }
        }
    }

    private static string Look(ScriptPlace place, ulong mask)
        => "[sluice_read " + ScriptText.Hex(place.Address) + " " + Size(place) + "] & " + ScriptText.Hex(mask);

    private void If(ScriptOperation.If condition)
    {
        string number = condition.Place is { } place ? "(" + Look(place, condition.Mask) + ")" : "$" + condition.Variable;
        text.Line("if {" + number + " == " + ScriptText.Hex(condition.Value) + "} {");
        Inside(() => Operations(condition.Then));
        if (condition.Otherwise.Count != 0)
        {
            text.Line("} else {");
            Inside(() => Operations(condition.Otherwise));
        }

        text.Line("}");
    }

    private void Each(ScriptPlace place, Action<string> write)
    {
        if (place.Count == 1)
        {
            write(ScriptText.Hex(place.Address));
            return;
        }

        text.Line("for {set element 0} {$element < " + ScriptText.Decimal(place.Count) + "} {incr element} {");
        Inside(() => write("[expr {" + ScriptText.Hex(place.Address) + " + $element * " + ScriptText.Hex(place.StrideBytes) + "}]"));
        text.Line("}");
    }

    private void Inside(Action write)
    {
        text.Depth++;
        write();
        text.Depth--;
    }
}
