namespace Sluice.Registers.Description;

/// <summary>What reading one device may still cost. Text of a given length can ask for far more than its length: lists, derivation and arrays multiply.</summary>
internal sealed class ReadingBudget
{
    /// <summary>Registers after expansion that may still come.</summary>
    public int Registers { get; set; } = ReadingLimits.Registers;

    /// <summary>Fields that may still be read.</summary>
    public int Fields { get; set; } = ReadingLimits.Fields;

    /// <summary>Pairs of registers, or of their elements, that may still be compared.</summary>
    public int Comparisons { get; set; } = ReadingLimits.Comparisons;
}
