using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Simulation.Invariants;

/// <summary>A guest's six BAR registers.</summary>
[InlineArray(HostBars.Count)]
public struct GuestBars
{
    private uint _register;

    /// <summary>Where a guest has put a memory BAR; 0 when it has not.</summary>
    /// <param name="bars">What the BARs are.</param>
    /// <param name="index">Which one.</param>
    public readonly ulong AddressOf(in HostBars bars, int index)
    {
        ulong low = this[index] & 0xFFFF_FFF0;
        return bars[index].Kind == BarKind.Memory64 && index + 1 < HostBars.Count ? low | ((ulong)this[index + 1] << 32) : low;
    }
}
