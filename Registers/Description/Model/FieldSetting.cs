namespace Sluice.Registers.Description;

/// <summary>The value that a step gives a field.</summary>
/// <param name="Field">Index of the field in <see cref="RegisterModel.Fields"/>.</param>
/// <param name="Value">The value, right-aligned; 0 when an argument gives it.</param>
public readonly record struct FieldSetting(int Field, ulong Value)
{
    /// <summary>The argument, or the number read before, that gives the value; null when the description gives it.</summary>
    public string? Argument { get; init; }

    /// <summary>The lowest bit of the argument that is taken; as many bits are as the field has, or as <see cref="ArgumentWidthBits"/> says.</summary>
    public int ArgumentLowBit { get; init; }

    /// <summary>How many bits of the argument are taken.</summary>
    public int ArgumentWidthBits { get; init; }
}
