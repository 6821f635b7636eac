namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What a method of .NET does with a guest's value.</summary>
internal enum MethodEffect
{
    None,

    /// <summary>Gives back what it was given, in another form.</summary>
    Passes,

    /// <summary>The smaller of two.</summary>
    Minimum,

    /// <summary>The larger of two.</summary>
    Maximum,

    /// <summary>The first, held between the others.</summary>
    Clamp,

    /// <summary>True when the value is one of an enum's.</summary>
    TestsDefined,
}
