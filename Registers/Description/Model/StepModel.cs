namespace Sluice.Registers.Description;

/// <summary>One step of a sequence.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Register">Index of the register in <see cref="BlockModel.Registers"/>; -1 for a delay, a call, and an if that looks at an argument.</param>
/// <param name="Element">Which element of an array; null for all of them in turn, for a register that is no array, and where <see cref="Index"/> says it.</param>
/// <param name="Mask">Poll, if and read: the bits that are looked at, in their place.</param>
/// <param name="Value">Write: all bits of the register. Poll and if: what the bits must be, in their place.</param>
/// <param name="Argument">
/// Write: the name, in Pascal case, of the argument that gives the value; empty when the description gives it. If: the argument that is looked at, when no
/// register is. Read: the name under which the number is kept.
/// </param>
/// <param name="Settings">Write and modify: what fields get. The others of a write get zero, those of a modify keep what they have.</param>
/// <param name="Microseconds">Poll: how long to go on; zero looks once. Delay: how long it is at least.</param>
/// <param name="IntervalMicroseconds">Poll: how long to wait between two reads.</param>
public sealed record StepModel(
    StepKind Kind,
    int Register,
    uint? Element,
    ulong Mask,
    ulong Value,
    string Argument,
    EquatableArray<FieldSetting> Settings,
    ulong Microseconds,
    ulong IntervalMicroseconds)
{
    /// <summary>In a sequence of a device: index of the block in <see cref="DeviceModel.Blocks"/>, of the register or of the sequence called. Else -1.</summary>
    public int Block { get; init; } = -1;

    /// <summary>The argument that says which element of an array; empty when none does.</summary>
    public string Index { get; init; } = "";

    /// <summary>If: the steps that are done when the bits have the value.</summary>
    public EquatableArray<StepModel> Steps { get; init; }

    /// <summary>If: the steps that are done when they have not.</summary>
    public EquatableArray<StepModel> Otherwise { get; init; }

    /// <summary>Call: the hardware's name of the sequence.</summary>
    public string Callee { get; init; } = "";

    /// <summary>Call: the arguments, in the order of the called sequence's.</summary>
    public EquatableArray<ArgumentPass> Passes { get; init; }
}
