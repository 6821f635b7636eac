using System;

namespace Sluice.Analyzers.FlowAnalysis;

/// <summary>What has been compared against trusted values on the way. With all of them gone a tainted value is unbounded.</summary>
[Flags]
internal enum Bounds
{
    None = 0,

    /// <summary>Not above something trusted.</summary>
    Upper = 1,

    /// <summary>Not negative. Unsigned values need no such proof.</summary>
    NotNegative = 2,

    /// <summary>Not below something trusted, so that this may be subtracted without wrapping around.</summary>
    Floor = 4,

    /// <summary>Of a sum: not below what it is the sum of, so that it did not wrap around.</summary>
    NoWrap = 8,

    /// <summary>Not the number of elements itself either, one past the last of which it would be the index.</summary>
    Within = 16,

    Below = Upper | Within,

    All = Below | NotNegative | Floor | NoWrap,
}
