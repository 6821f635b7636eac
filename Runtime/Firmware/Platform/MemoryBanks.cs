using System.Runtime.CompilerServices;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Firmware;

/// <summary>The machine's memory, in the order of the tree; unused entries have no bytes.</summary>
[InlineArray(Capacity)]
public struct MemoryBanks
{
    /// <summary>The most banks that a machine can have here.</summary>
    public const int Capacity = 16;

    private MachineRange _bank;
}
