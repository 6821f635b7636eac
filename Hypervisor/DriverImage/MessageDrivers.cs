using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.DriverImage;

/// <summary>The controllers of message-signalled interrupts.</summary>
internal static class MessageDrivers
{
    /// <summary>Calls everything that a controller can do.</summary>
    public static uint UseAll(GenericTimer clock)
    {
        uint used = 0;
        RegisterAddress bridge = new(0xFD0E_0000);
        BridgeRefusal refusal = default;
        for (uint mode = 0; mode < 2; mode++)
        {
            NwlMsiSettings settings = new() { UsesFifo = mode != 0, Doorbell = 0xFD48_0000, LowInterrupt = 146, HighInterrupt = 147, EventInterrupt = 150 };
            if (NwlMsiController<MmioBus, GenericTimer>.TryStart(default, bridge, clock, settings, default, out NwlMsiController<MmioBus, GenericTimer> nwl, out refusal))
            {
                used += Use(ref nwl);
            }
        }

        if (AxiMsiController<MmioBus, GenericTimer>.TryStart(default, bridge, clock, 0xFD48_0000, 84, default, out AxiMsiController<MmioBus, GenericTimer> axi, out refusal))
        {
            used += Use(ref axi);
        }

        if (GicV2mController.TryProbe(default(MmioBus), new RegisterAddress(0x0802_0000), out GicV2mController v2m))
        {
            used += Use(ref v2m);
        }

        if (!PagePool<PhysicalMemory>.TryCreate(default, new MachineAddress(0x5000_0000), 0x10_0000, out PagePool<PhysicalMemory> pool))
        {
            return used;
        }

        ItsResult started = GicItsController<MmioBus, PhysicalMemory, GenericTimer>.TryStart(
            default, new RegisterAddress(0x0808_0000), new RegisterAddress(0x080A_0000), default, clock, default, ref pool,
            out GicItsController<MmioBus, PhysicalMemory, GenericTimer> its);
        if (started == ItsResult.Done)
        {
            used += Use(ref its);
            used += (uint)its.TryStop(ref pool);
        }

        return used + refusal.Offset;
    }

    private static uint Use<TController>(ref TController controller)
        where TController : struct, IMsiController
    {
        OwnerId owner = new(1);
        MsiRequest request = new() { Owner = owner, Requester = new RequesterId(1, 0, 0), Count = 4, Alignment = 4 };
        if (!controller.TryAllocate(in request, out VectorBlock block))
        {
            return 0;
        }

        PendingBits raised = default;
        MsiCollection collection = controller.Collect(146, ref raised);
        uint used = (uint)collection + controller.Message(block.First).Data + controller.VectorCount + (uint)controller.Abilities;
        used += controller.TryMask(block.First) ? 1u : 0;
        used += controller.TryUnmask(block.First, out bool wasRaised) || wasRaised ? 1u : 0;
        controller.Free(owner, block);
        return used + controller.OwnerOf(block.First).Value;
    }
}
