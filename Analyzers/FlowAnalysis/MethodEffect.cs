namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What a method of .NET does with a guest's value.</summary>
internal enum MethodEffect
{
    None,

    /// <summary>Gives back what it was given, in another form.</summary>
    Passes,

    /// <summary>Gives back what it holds, as it is.</summary>
    Unwraps,

    /// <summary>Copies what it is called on, or its first argument, into another argument.</summary>
    Copies,

    /// <summary>Writes what it is given into another argument, or into what it is called on.</summary>
    Stores,

    /// <summary>Stores what it is given, and gives back what was there.</summary>
    Exchanges,

    /// <summary>Builds a string of the texts that it is given.</summary>
    BuildsText,

    /// <summary>True when the value is among those of a collection.</summary>
    TestsMembership,

    /// <summary>Counts bits: no more of the value is left than its width allows.</summary>
    Counts,

    /// <summary>The smaller of two.</summary>
    Minimum,

    /// <summary>The larger of two.</summary>
    Maximum,

    /// <summary>The first, held between the others.</summary>
    Clamp,

    /// <summary>True when the value is one of an enum's.</summary>
    TestsDefined,
}
