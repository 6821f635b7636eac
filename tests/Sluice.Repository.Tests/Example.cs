using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Repository.Tests;

/// <summary>The example of the README, compiled.</summary>
internal static class Example
{
    // Driving a GICv2m frame: typed registers over any bus.
    public static uint Vectors<TBus>(TBus bus) where TBus : struct, IRegisterBus
    {
        var frame = new GicV2m.Registers<TBus>(bus, new RegisterAddress(GicV2m.BaseAddress));
        return frame.MsiTyper.Read().NumSpi;
    }

    // Emulating one: the generated tables answer; a vector that the guest does not own never gets to the hook.
    public static AccessResult Ring<TOwner>(ref GicV2m.Guest frame, GuestValue vector, ref TOwner owner) where TOwner : struct, GicV2m.IGuestHooks
    {
        return frame.Write(GicV2m.Offsets.MsiSetspiNs, AccessWidth.HalfWord, vector, ref owner);
    }
}
