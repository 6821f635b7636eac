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
