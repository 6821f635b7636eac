using System.Runtime.CompilerServices;

namespace Sluice.Runtime.HostBridges;

/// <summary>Which function's memory lies where. A function keeps its places for good, whoever owns it, so that nothing leaks however often it changes hands.</summary>
[InlineArray(Capacity)]
public struct PlacedFunctions
{
    /// <summary>How many functions with memory a bridge can have.</summary>
    public const int Capacity = 32;

    private PlacedFunction _function;

    /// <summary>Gives a function's memory the places that it had before, or new ones.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="function">The function; it must not decode.</param>
    /// <param name="low">Memory below 4 GiB on the PCI side.</param>
    /// <param name="high">Memory for 64-bit prefetchable registers; may be empty.</param>
    /// <returns>Whether all of it has a place. Not when there is no room, nor when the function claims to have become another one.</returns>
    public bool TryPlace<TBridge>(ref HostFunction<TBridge> function, ref MemoryWindow low, ref MemoryWindow high)
        where TBridge : struct, IHostBridge
    {
        int free = -1;
        for (int entry = Capacity - 1; entry >= 0; entry--)
        {
            ref PlacedFunction placed = ref this[entry];
            if (placed.IsUsed && placed.Function.Is(function.Config.Function))
            {
                return function.TryPlaceAt(in placed.Bars);
            }

            free = placed.IsUsed ? free : entry;
        }

        if (free < 0 || !function.TryPlace(ref low, ref high))
        {
            return false;
        }

        this[free].Function = function.Config.Function;
        this[free].Bars = function.Bars;
        this[free].IsUsed = true;
        return true;
    }
}
