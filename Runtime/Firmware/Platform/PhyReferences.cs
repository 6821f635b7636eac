using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Firmware;

/// <summary>The lanes that a node asks for, in the order of its <c>phys</c>: for PCIe its logical lanes.</summary>
[InlineArray(Capacity)]
public struct PhyReferences
{
    /// <summary>The most lanes that a node can ask for here: those that a PS-GTR has.</summary>
    public const int Capacity = 4;

    private PhyReference _reference;
}
