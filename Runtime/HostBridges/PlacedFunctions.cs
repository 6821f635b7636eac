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
                if (function.TryPlaceAt(in placed.Bars))
                {
                    placed.IsVacant = false;
                    return true;
                }

                if (!placed.IsVacant || !function.TryPlace(ref low, ref high))
                {
                    return false;
                }

                placed.Bars = function.Bars;
                placed.IsVacant = false;
                return true;
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

    /// <summary>Keeps the places that a function's memory has, as firmware chose them, if they lie in the bridge's windows and nobody else's memory is on their pages.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="function">The function; it must not decode, and not have been reset yet.</param>
    /// <param name="low">Memory below 4 GiB on the PCI side.</param>
    /// <param name="high">Memory for 64-bit prefetchable registers; may be empty.</param>
    /// <returns>Whether all of it has a place. One that has had places already keeps those.</returns>
    public bool TryKeep<TBridge>(ref HostFunction<TBridge> function, in MemoryWindow low, in MemoryWindow high)
        where TBridge : struct, IHostBridge
    {
        int free = -1;
        for (int entry = Capacity - 1; entry >= 0; entry--)
        {
            if (this[entry].IsUsed && this[entry].Function.Is(function.Config.Function) && !this[entry].IsVacant)
            {
                return true;
            }

            bool isOwn = this[entry].IsUsed && this[entry].Function.Is(function.Config.Function);
            free = this[entry].IsUsed && !isOwn ? free : entry;
        }

        if (free < 0 || !function.TryKeepPlaces(in low, in high))
        {
            return false;
        }

        for (int entry = 0; entry < Capacity; entry++)
        {
            if (entry != free && this[entry].IsUsed && this[entry].Bars.MeetsPagesOf(in function.Bars))
            {
                return false;
            }
        }

        this[free].Function = function.Config.Function;
        this[free].Bars = function.Bars;
        this[free].IsUsed = true;
        this[free].IsVacant = false;
        return true;
    }

    /// <summary>Notes that something else may come to a function's place: it gets the same memory if it has the same registers, otherwise memory of its own.</summary>
    /// <param name="function">The function that has gone.</param>
    public void Vacate(RequesterId function)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            this[entry].IsVacant |= this[entry].IsUsed && this[entry].Function.Is(function);
        }
    }
}
