namespace Sluice.Registers.Description;

/// <summary>How often a register stands in its block.</summary>
/// <param name="Count">Number of elements; 1 when it is no array.</param>
/// <param name="StrideBytes">Distance of two elements in bytes; 0 when it is no array.</param>
public readonly record struct RegisterDimension(uint Count, uint StrideBytes)
{
    /// <summary>No array.</summary>
    public static RegisterDimension Single => new(1, 0);

    /// <summary>Whether it is an array, of one element even.</summary>
    public bool IsArray => StrideBytes != 0;
}
