using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>
/// A script for U-Boot's shell. It has neither functions nor a way to leave a block, so a failure is a variable, and what stands behind something that
/// may fail is done only if it is still clear. Numbers are hexadecimal there; sleep counts milliseconds.
/// </summary>
internal sealed class UBootScript(ScriptText text)
{
    private const string Ok = "test ${sluice_ok} = 1";

    private int _ignored;

    /// <summary>Writes the script.</summary>
    public void Write(ScriptOperation.Group plan)
    {
        text.Line("setenv sluice_ok 1");
        Group(plan);
        text.Line("if " + Ok + "; then");
        Inside(() => text.Line("echo " + ScriptText.Word(plan.Name) + ": done"));
        text.Line("else");
        Inside(() =>
        {
            text.Line("echo " + ScriptText.Word(plan.Name) + ": no answer from ${sluice_at}");
            text.Line("exit 1");
        });
        text.Line("fi");
    }

    private static string Suffix(int widthBits) => widthBits switch { 8 => ".b", 16 => ".w", 64 => ".q", _ => ".l" };

    private void Group(ScriptOperation.Group group)
    {
        text.Line("# " + ScriptText.Plain(group.Name));
        if (group.IsFailureIgnored)
        {
            // What is told is the failure that is being undone.
            _ignored++;
            text.Line("setenv sluice_was" + ScriptText.Decimal((ulong)_ignored) + " ${sluice_at}");
            text.Line("setenv sluice_ok 1");
        }

        Operations(group.Operations);
        if (group.Undo.Count != 0 && group.Operations.Any(operation => operation.MayFail))
        {
            text.Line("if " + Ok + "; then true; else");
            Inside(() => Operations(group.Undo));
            text.Line("fi");
        }

        if (group.IsFailureIgnored)
        {
            text.Line("setenv sluice_at ${sluice_was" + ScriptText.Decimal((ulong)_ignored) + "}");
            text.Line("setenv sluice_ok 0");
            _ignored--;
        }
    }

    private void Operations(IReadOnlyList<ScriptOperation> operations)
    {
        bool isGuarded = false;
        foreach (ScriptOperation operation in operations)
        {
            Operation(operation);
            if (operation.MayFail && operation != operations[operations.Count - 1])
            {
                if (isGuarded)
                {
                    text.Depth--;
                    text.Line("fi");
                }

                text.Line("if " + Ok + "; then");
                text.Depth++;
                isGuarded = true;
            }
        }

        if (isGuarded)
        {
            text.Depth--;
            text.Line("fi");
        }
    }

    private void Operation(ScriptOperation operation)
    {
        switch (operation)
        {
            case ScriptOperation.Group group:
                Group(group);
                break;
            case ScriptOperation.Delay delay:
                Sleep(delay.Microseconds);
                break;
            case ScriptOperation.Write write:
                Each(write.Place, mayFail: false, address => text.Line("mw" + Suffix(write.Place.WidthBits) + " " + address + " " + Number(write.Value, write.Place.WidthBits)));
                break;
            case ScriptOperation.Modify modify:
                Each(modify.Place, mayFail: false, address => Modify(modify, address));
                break;
            case ScriptOperation.Poll poll:
                Each(poll.Place, mayFail: true, address => Poll(poll, address));
                break;
            case ScriptOperation.Read read:
                Look(read.Place, ScriptText.Hex(read.Place.Address), read.Mask);
                text.Line("setexpr" + Suffix(read.Place.WidthBits) + " sluice_" + read.Variable + " ${sluice_r} / " + ScriptText.Hex(read.Mask & (~read.Mask + 1)));
                break;
            case ScriptOperation.If condition:
                If(condition);
                break;
        }
    }

    private void If(ScriptOperation.If condition)
    {
        string width = ".l";
        string number = "${sluice_" + condition.Variable + "}";
        if (condition.Place is { } place)
        {
            Look(place, ScriptText.Hex(place.Address), condition.Mask);
            width = Suffix(place.WidthBits);
            number = "${sluice_r}";
        }

        text.Line("if itest" + width + " " + number + " -eq " + ScriptText.Hex(condition.Value) + "; then");
        Inside(() =>
        {
            text.Line("true");
            Operations(condition.Then);
        });
        if (condition.Otherwise.Count != 0)
        {
            text.Line("else");
            Inside(() => Operations(condition.Otherwise));
        }

        text.Line("fi");
    }

    private void Modify(ScriptOperation.Modify modify, string address)
    {
        string suffix = Suffix(modify.Place.WidthBits);
        string set = Number(modify.Value, modify.Place.WidthBits);
        Look(modify.Place, address, modify.Keep);
        text.Line("setexpr" + suffix + " sluice_r ${sluice_r} \\| " + set);
        text.Line("mw" + suffix + " " + address + " ${sluice_r}");
    }

    private void Poll(ScriptOperation.Poll poll, string address)
    {
        string suffix = Suffix(poll.Place.WidthBits);
        string look = "if itest" + suffix + " ${sluice_r} -eq " + ScriptText.Hex(poll.Value) + "; then";
        ulong pause = Math.Max(1, (poll.IntervalMicroseconds + 999) / 1000);
        ulong looks = (((poll.Microseconds + 999) / 1000) + pause - 1) / pause;
        text.Line("setenv sluice_ok 0");
        text.Line("setenv sluice_at " + ScriptText.Word(poll.Place.Name));
        text.Line("setenv sluice_n " + ScriptText.Hex(looks + 1));
        text.Line("while itest.l ${sluice_n} -gt 0; do");
        Inside(() =>
        {
            Look(poll.Place, address, poll.Mask);
            text.Line(look);
            Inside(() =>
            {
                text.Line("setenv sluice_ok 1");
                text.Line("setenv sluice_n 0");
            });
            text.Line("else");
            Inside(() =>
            {
                text.Line("setexpr.l sluice_n ${sluice_n} - 1");
                text.Line("if itest.l ${sluice_n} -gt 0; then");
                Inside(() => Sleep(pause * 1000));
                text.Line("fi");
            });
            text.Line("fi");
        });
        text.Line("done");
    }

    // Bits of a register, into sluice_r.
    private void Look(ScriptPlace place, string address, ulong mask)
    {
        string suffix = Suffix(place.WidthBits);
        text.Line("setexpr" + suffix + " sluice_r *" + address);
        if (mask != MaskComputation.All(place.WidthBits))
        {
            text.Line("setexpr" + suffix + " sluice_r ${sluice_r} \\& " + ScriptText.Hex(mask));
        }
    }

    // A number, with what is read put together in sluice_w. There are no shifts: what is powers of two is divided and multiplied.
    private string Number(ScriptValue value, int widthBits)
    {
        if (value.Terms.Count == 0)
        {
            return ScriptText.Hex(value.Known);
        }

        string setexpr = "setexpr" + Suffix(widthBits) + " ";
        text.Line("setenv sluice_w " + ScriptText.Hex(value.Known));
        foreach (ScriptTerm term in value.Terms)
        {
            text.Line(setexpr + "sluice_t ${sluice_" + term.Variable + "} / " + ScriptText.Hex(1ul << term.LowBit));
            text.Line(setexpr + "sluice_t ${sluice_t} \\& " + ScriptText.Hex(term.Mask));
            text.Line(setexpr + "sluice_t ${sluice_t} * " + ScriptText.Hex(1ul << term.ToBit));
            text.Line(setexpr + "sluice_w ${sluice_w} \\| ${sluice_t}");
        }

        return "${sluice_w}";
    }

    private void Sleep(ulong microseconds)
    {
        ulong milliseconds = (microseconds + 999) / 1000;
        if (milliseconds != 0)
        {
            text.Line("sleep " + ScriptText.Decimal(milliseconds / 1000) + "." + ScriptText.Decimal(1000 + (milliseconds % 1000)).Substring(1));
        }
    }

    private void Each(ScriptPlace place, bool mayFail, Action<string> write)
    {
        if (place.Count == 1)
        {
            write(ScriptText.Hex(place.Address));
            return;
        }

        text.Line("setenv sluice_a " + ScriptText.Hex(place.Address));
        text.Line("while itest.q ${sluice_a} -lt " + ScriptText.Hex(place.Address + ((ulong)place.Count * place.StrideBytes)) + "; do");
        Inside(() =>
        {
            if (mayFail)
            {
                text.Line("if " + Ok + "; then");
                Inside(() => write("${sluice_a}"));
                text.Line("fi");
            }
            else
            {
                write("${sluice_a}");
            }

            text.Line("setexpr.q sluice_a ${sluice_a} + " + ScriptText.Hex(place.StrideBytes));
        });
        text.Line("done");
    }

    private void Inside(Action write)
    {
        text.Depth++;
        write();
        text.Depth--;
    }
}
