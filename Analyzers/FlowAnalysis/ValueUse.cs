namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What an operator or a statement does with a value, apart from giving it to a member.</summary>
internal enum ValueUse
{
    /// <summary>Nothing: it is given to a parameter, a property or a field.</summary>
    None,

    /// <summary>Says which element, or where a part begins or ends.</summary>
    Index,

    /// <summary>Says which element, and was compared with the number of elements.</summary>
    Element,

    /// <summary>Says how often a loop runs.</summary>
    LoopBound,

    /// <summary>Says how much memory to take.</summary>
    AllocationSize,

    /// <summary>Says how far to shift.</summary>
    ShiftCount,
}
