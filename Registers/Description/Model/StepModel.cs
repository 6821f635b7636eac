namespace Sluice.Registers.Description;

/// <summary>One step of a sequence.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Register">Index of the register in <see cref="BlockModel.Registers"/>; -1 for a delay.</param>
/// <param name="Element">Which element of an array; null for all of them in turn, and for a register that is no array.</param>
/// <param name="Mask">Poll: the bits that are looked at, in their place.</param>
/// <param name="Value">Write: all bits of the register. Poll: what the bits must be, in their place.</param>
/// <param name="Argument">Write: the name, in Pascal case, of the argument that gives the value; empty when the description gives it.</param>
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
    ulong IntervalMicroseconds);
