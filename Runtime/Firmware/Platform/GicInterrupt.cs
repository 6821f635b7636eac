namespace Sluice.Runtime.Firmware;

/// <summary>An interrupt as a node refers to it: the controller and up to three cells, whose meaning is the controller's.</summary>
/// <param name="controller">The interrupt controller's node.</param>
/// <param name="cells">How many cells it has: 1 to 3.</param>
/// <param name="first">The first cell; for a GIC 0 (SPI) or 1 (PPI), for a bridge's own controller the pin.</param>
/// <param name="second">The second cell; for a GIC the number.</param>
/// <param name="third">The third cell; for a GIC the trigger: 1 rising edge, 4 level high.</param>
public readonly struct GicInterrupt(FdtNode controller, int cells, uint first, uint second, uint third)
{
    private const uint FirstShared = 32;
    private const uint FirstPrivate = 16;

    /// <summary>The interrupt controller's node.</summary>
    public FdtNode Controller { get; } = controller;

    /// <summary>The first cell.</summary>
    public uint First { get; } = first;

    /// <summary>The second cell.</summary>
    public uint Second { get; } = second;

    /// <summary>The third cell.</summary>
    public uint Third { get; } = third;

    /// <summary>Whether it is an interrupt of a GIC: three cells, the first of which says SPI or PPI.</summary>
    public bool IsGic => cells == 3 && First <= 1;

    /// <summary>The interrupt's number at the GIC (its INTID).</summary>
    public uint Number => Second + (First == 0 ? FirstShared : FirstPrivate);

    /// <summary>Whether it is level-triggered.</summary>
    public bool IsLevel => (Third & 0xC) != 0;
}
