namespace Sluice.Runtime.Firmware;

/// <summary>A lane that a node asks for in its <c>phys</c>, in whichever of the three forms of the PS-GTR's binding it does.</summary>
public readonly struct PhyReference
{
    /// <summary>The node of the transceiver block.</summary>
    public FdtNode Block { get; init; }

    /// <summary>The physical lane, 0 to 3.</summary>
    public uint Lane { get; init; }

    /// <summary>What the lane is to speak.</summary>
    public PhyProtocol Protocol { get; init; }

    /// <summary>Which controller of that kind, or which logical lane of it.</summary>
    public uint Instance { get; init; }

    /// <summary>Which reference clock input, or which lane's clock, it uses; its own lane where the form does not say.</summary>
    public uint ReferenceClock { get; init; }

    /// <summary>The reference clock in hertz; 0 where the form does not say.</summary>
    public uint ReferenceHertz { get; init; }
}
