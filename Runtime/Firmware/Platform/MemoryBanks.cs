using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Firmware;

/// <summary>The machine's memory, in the order of the tree; unused entries have length 0.</summary>
[InlineArray(Capacity)]
public struct MemoryBanks
{
    /// <summary>The most banks that a machine can have here.</summary>
    public const int Capacity = 16;

    private MachineRange _bank;
}
