namespace Sluice.Registers.Description;

/// <summary>How the halves of a 64-bit register go together.</summary>
public enum WideOrder
{
    /// <summary>The description does not say.</summary>
    Unsaid,

    /// <summary>One 64-bit access; a half of it is not permitted.</summary>
    Single,

    /// <summary>One 64-bit access, or its halves in any order, each acting by itself.</summary>
    Any,

    /// <summary>The lower half first: reading it holds the upper half for the read that follows, writing it waits for the write of the upper half.</summary>
    LowFirst,

    /// <summary>The upper half first: reading it holds the lower half for the read that follows, writing it waits for the write of the lower half.</summary>
    HighFirst,

    /// <summary>Two halves that each act by itself, and no 64-bit access: who reads it reads until the upper half stood still.</summary>
    Split,
}
