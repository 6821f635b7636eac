namespace Sluice.Runtime.ConfigSpace;

/// <summary>What becomes of memory that is smaller than a page.</summary>
public enum SmallBars : byte
{
    /// <summary>Its page is mapped; the guest must place it at the offset in the page that it has on the machine, or the function does not decode. A page that another owner shares is refused.</summary>
    Map = 0,

    /// <summary>It is never mapped: accesses trap, and only those to its own bytes reach it. The guest may place it anywhere, more than one on a page.</summary>
    Trap = 1,
}
