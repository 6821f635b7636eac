using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>The devices that a translation service knows; each has a table of its own for its events.</summary>
[InlineArray(Capacity)]
internal struct ItsDevices
{
    /// <summary>The most devices.</summary>
    internal const int Capacity = 32;

    private ItsDevice _device;

    /// <summary>Finds a device, or a free entry.</summary>
    /// <param name="id">The device id.</param>
    /// <param name="count">How many entries may be used.</param>
    /// <param name="isKnown">Whether the device has the entry already.</param>
    /// <returns>The entry; -1 when there is none.</returns>
    internal readonly int Find(uint id, uint count, out bool isKnown)
    {
        int free = -1;
        for (int entry = 0; entry < (int)count; entry++)
        {
            if (!this[entry].Owner.IsNone && this[entry].Id == id)
            {
                isKnown = true;
                return entry;
            }

            free = free < 0 && this[entry].Owner.IsNone ? entry : free;
        }

        isKnown = false;
        return free;
    }
}
