namespace Sluice.Registers.Description;

/// <summary>Bounds on what a description may ask of its reader. They are far above what the largest known files need.</summary>
internal static class ReadingLimits
{
    /// <summary>Characters in one file.</summary>
    public const int Characters = 256 * 1024 * 1024;

    /// <summary>Elements in all files.</summary>
    public const int Elements = 20_000_000;

    /// <summary>Depth of nested elements in one file.</summary>
    public const int Depth = 64;

    /// <summary>Depth of nested inclusions.</summary>
    public const int NestedInclusions = 16;

    /// <summary>Inclusions in all files.</summary>
    public const int Inclusions = 4_096;

    /// <summary>Elements that derive from each other in a row.</summary>
    public const int Derivations = 64;

    /// <summary>Elements that one <c>dim</c> list expands to.</summary>
    public const int Expansion = 65_536;

    /// <summary>Registers in a device after expansion; a symbolic array is one.</summary>
    public const int Registers = 500_000;

    /// <summary>Fields in a device after expansion.</summary>
    public const int Fields = 10_000_000;

    /// <summary>Pairs of registers, or of their elements, that are compared for overlap.</summary>
    public const int Comparisons = 5_000_000;

    /// <summary>Problems that are given a suggestion where finding one is dear.</summary>
    public const int Suggestions = 25;

    /// <summary>Named values that one value with don't-care bits stands for.</summary>
    public const int DontCareValues = 256;

    /// <summary>Characters of a file's text that a message shows in one place.</summary>
    public const int Shown = 400;

    /// <summary>Errors that are remembered, and as many warnings and notes.</summary>
    public const int Problems = 1_000;

    /// <summary>Flaws of values that wait until it is known whether they are suppressed.</summary>
    public const int Waiting = 10_000;
}
