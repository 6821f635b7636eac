using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>The devices that a guest has mapped at its translation service, kept here and not in the guest's memory: a bounded number.</summary>
[InlineArray(Capacity)]
public struct GuestItsDevices
{
    /// <summary>The most devices that a guest can have.</summary>
    public const int Capacity = 32;

    private GuestItsDevice _device;

    /// <summary>Finds a device.</summary>
    /// <param name="id">Its id: the requester id of the function, as the guest sees it.</param>
    /// <returns>Its entry; -1 when it is not mapped.</returns>
    internal readonly int Find(uint id)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].IsMapped && this[entry].Id == id)
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Finds room for one more.</summary>
    /// <param name="most">How many the guest may have.</param>
    /// <returns>A free entry; -1 when there is none.</returns>
    internal readonly int FindFree(uint most)
    {
        for (int entry = 0; entry < Capacity && (uint)entry < most; entry++)
        {
            if (!this[entry].IsMapped)
            {
                return entry;
            }
        }

        return -1;
    }
}
