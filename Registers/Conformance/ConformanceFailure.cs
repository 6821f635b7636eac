namespace Sluice.Registers;

/// <summary>A register that did not do what the description says.</summary>
/// <param name="offset">Its byte offset in the block.</param>
/// <param name="rule">What it did not do.</param>
/// <param name="expected">What a read should have shown, in the bits that the rule is about.</param>
/// <param name="actual">What it showed.</param>
public readonly struct ConformanceFailure(uint offset, ConformanceRule rule, ulong expected, ulong actual)
{
    /// <summary>The register's byte offset in the block.</summary>
    public uint Offset { get; } = offset;

    /// <summary>What it did not do.</summary>
    public ConformanceRule Rule { get; } = rule;

    /// <summary>What a read should have shown, in the bits that the rule is about.</summary>
    public ulong Expected { get; } = expected;

    /// <summary>What it showed.</summary>
    public ulong Actual { get; } = actual;
}
