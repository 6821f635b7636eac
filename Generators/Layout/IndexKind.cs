namespace Sluice.Generators.Layout;

/// <summary>How the slot of a word is found.</summary>
internal enum IndexKind
{
    /// <summary>The word's number is its slot; holes take slots as well.</summary>
    Dense,

    /// <summary>A table gives the page of a run of sixteen words; all runs without a described word share one.</summary>
    TwoLevel,

    /// <summary>The page is searched among those that there are: the registers lie so far apart that a table would be mostly empty.</summary>
    Sparse,
}
