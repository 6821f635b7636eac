using Sluice.Registers;

namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>What stands behind the ranges of a guest's address map, by the targets that were given to the map.</summary>
internal interface IGuestDevices
{
    /// <summary>A load.</summary>
    /// <param name="target">The range's target.</param>
    /// <param name="offset">Byte offset in the range; the access does not pass its end.</param>
    /// <param name="width">How wide it is.</param>
    /// <param name="value">What the guest gets, right-aligned, upper bits zero.</param>
    AccessResult Read(uint target, uint offset, AccessWidth width, out ulong value);

    /// <summary>A store; parameters as for a load.</summary>
    AccessResult Write(uint target, uint offset, AccessWidth width, GuestValue value);
}
