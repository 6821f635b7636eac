namespace Sluice.Registers.Description;

/// <summary>The words of the trap namespace.</summary>
internal static class TrapWords
{
    /// <summary>In the order of <see cref="ReservedKind"/>, from its second member on.</summary>
    public static readonly WordList Reserved = new(["preserve", "zero"]);

    public static readonly WordList Absent = new(["zeros", "ones"]);

    public static readonly WordList Sanitize = new(["mask"]);

    /// <summary>Bit 0 of the index plus one: reads; bit 1: writes.</summary>
    public static readonly WordList On = new(["read", "write", "read write"]);

    public static readonly WordList Otherwise = new(["ignore", "clamp"]);

    public static readonly WordList AddressSubjects = new(["ram", "mmio", "doorbell"]);

    public static readonly WordList IndexSubjects = new(["vector", "lane", "stream", "context-bank"]);

    /// <summary>In the order of <see cref="Description.OtherWidths"/>.</summary>
    public static readonly WordList OtherWidths = new(["absent", "zero", "lanes"]);

    /// <summary>In the order of <see cref="WideOrder"/>, from its second member on.</summary>
    public static readonly WordList Order = new(["single", "any", "low-first", "high-first", "split"]);

    /// <summary>In the order of <see cref="FifoKind"/>, from its second member on.</summary>
    public static readonly WordList Fifo = new(["pop", "push", "pop push"]);
}
