using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>One thing that a script does; all sequences called are in place, and all arguments have their values.</summary>
internal abstract record ScriptOperation
{
    /// <summary>Whether it can end the script early.</summary>
    public virtual bool MayFail => false;

    /// <summary>Writes a register.</summary>
    internal sealed record Write(ScriptPlace Place, ScriptValue Value) : ScriptOperation;

    /// <summary>Reads a register, keeps some bits, sets others, writes it.</summary>
    internal sealed record Modify(ScriptPlace Place, ulong Keep, ScriptValue Value) : ScriptOperation;

    /// <summary>Reads a register until bits have a value.</summary>
    internal sealed record Poll(ScriptPlace Place, ulong Mask, ulong Value, ulong Microseconds, ulong IntervalMicroseconds) : ScriptOperation
    {
        public override bool MayFail => true;
    }

    /// <summary>Lets time pass.</summary>
    internal sealed record Delay(ulong Microseconds) : ScriptOperation;

    /// <summary>Reads bits into a variable, right-aligned.</summary>
    internal sealed record Read(ScriptPlace Place, ulong Mask, string Variable) : ScriptOperation;

    /// <summary>Does one list or another, by what bits of a register (or, without a place, a variable) are.</summary>
    internal sealed record If(ScriptPlace? Place, string Variable, ulong Mask, ulong Value, IReadOnlyList<ScriptOperation> Then, IReadOnlyList<ScriptOperation> Otherwise)
        : ScriptOperation
    {
        public override bool MayFail => Then.Concat(Otherwise).Any(operation => operation.MayFail);
    }

    /// <summary>A called sequence, or the whole: what is done, and what is done when that fails.</summary>
    internal sealed record Group(string Name, IReadOnlyList<ScriptOperation> Operations, IReadOnlyList<ScriptOperation> Undo, bool IsFailureIgnored) : ScriptOperation
    {
        public override bool MayFail => !IsFailureIgnored && Operations.Any(operation => operation.MayFail);
    }
}
