using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>Which events of a device are in use: a bit each.</summary>
[InlineArray(Words)]
internal struct ItsEvents
{
    /// <summary>Events that a device can have.</summary>
    internal const uint Capacity = 256;

    private const int Words = (int)Capacity / 64;

    private ulong _word;

    /// <summary>Whether none is in use.</summary>
    internal readonly bool IsEmpty => (this[0] | this[1] | this[2] | this[3]) == 0;

    /// <summary>Whether an event is in use; those beyond the end are.</summary>
    internal readonly bool Has(uint number) => number >= Capacity || (this[(int)(number >> 6)] & (1UL << (int)(number & 63))) != 0;

    /// <summary>Takes an event, or gives it back.</summary>
    internal void Set(uint number, bool used)
    {
        ulong bit = 1UL << (int)(number & 63);
        if (number < Capacity)
        {
            this[(int)(number >> 6)] = used ? this[(int)(number >> 6)] | bit : this[(int)(number >> 6)] & ~bit;
        }
    }
}
