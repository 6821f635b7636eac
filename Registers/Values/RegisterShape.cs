namespace Sluice.Registers;

/// <summary>What <see cref="Register{TBus, TValue}"/> must know of a register's value to read, write and modify it.</summary>
/// <param name="widthBits">8, 16, 32 or 64.</param>
/// <param name="modifyKeeps">The bits that a modify writes as given; the others have write effects or are reserved, and get their neutral value.</param>
/// <param name="modifySets">Among the others, the bits whose neutral value is one (zero-to-clear and its kin).</param>
/// <param name="halves">How a register of 64 bits is reached.</param>
public readonly struct RegisterShape(int widthBits, ulong modifyKeeps, ulong modifySets, RegisterHalves halves = RegisterHalves.None)
{
    /// <summary>8, 16, 32 or 64.</summary>
    public int WidthBits { get; } = widthBits;

    /// <summary>The bits that a modify writes as given.</summary>
    public ulong ModifyKeeps { get; } = modifyKeeps;

    /// <summary>The bits that a modify writes as one whatever is given.</summary>
    public ulong ModifySets { get; } = modifySets;

    /// <summary>How a register of 64 bits is reached.</summary>
    public RegisterHalves Halves { get; } = halves;
}
