using System;

namespace Sluice.Registers;

/// <summary>What the analyzers must know of a register, on its generated value type. Masks are over the bits of the register.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class RegisterTraitsAttribute : Attribute
{
    /// <summary>The hardware's name of the register, as in the description.</summary>
    public string Name { get; init; } = "";

    /// <summary>Byte offset in its block (of the first element, for an array).</summary>
    public ulong Offset { get; init; }

    /// <summary>8, 16, 32 or 64.</summary>
    public int WidthBits { get; init; }

    /// <summary>Bits that a read shows.</summary>
    public ulong Readable { get; init; }

    /// <summary>Bits on which a write acts in any way.</summary>
    public ulong Writable { get; init; }

    /// <summary>Bits on which writing back what was read acts: W1C, W1S, W1T, W0C and their kin.</summary>
    public ulong WriteEffects { get; init; }

    /// <summary>Bits that reading changes.</summary>
    public ulong ReadEffects { get; init; }

    /// <summary>Reserved bits (RsvdP, RsvdZ, and those that no field describes).</summary>
    public ulong Reserved { get; init; }
}
