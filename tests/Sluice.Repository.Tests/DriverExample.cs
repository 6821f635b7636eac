using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;

namespace Sluice.Repository.Tests;

/// <summary>The code in docs/hardware.md.</summary>
internal static class DriverExample
{
    public static string Drive<TBus, TMemory, TClock>(TBus bus, TMemory memory, TClock clock)
        where TBus : struct, IRegisterBus
        where TMemory : struct, IMachineMemory
        where TClock : struct, IClock
    {
        NwlSettings settings = new()
        {
            Policy = BringUpPolicy.Hypervisor,
            Bridge = new RegisterAddress(0xFD0E_0000),
            Attributes = new RegisterAddress(0xFD48_0000),
            Config = new EcamWindow(0x80_0000_0000, 16 << 20, 0, 255),
        };
        if (!NwlHostBridge<TBus>.TryStart(bus, clock, settings, out NwlHostBridge<TBus> bridge, out BridgeRefusal refusal))
        {
            return $"{refusal.Block} 0x{refusal.Offset:X}: 0x{refusal.Value:X}, bits 0x{refusal.Mask:X} should be 0x{refusal.Expected:X}";
        }

        // Both status words; UsesFifo = true takes the message FIFO instead. The doorbell is refused inside the ranges given.
        NwlMsiSettings messages = new() { Doorbell = 0xFD48_0000, LowInterrupt = 146, HighInterrupt = 147, EventInterrupt = 150 };
        OwnerId owner = new(1);
        MsiRequest request = new() { Owner = owner, Requester = new RequesterId(1, 0, 0), Count = 8, Alignment = 8 };
        if (!NwlMsiController<TBus, TClock>.TryStart(bus, settings.Bridge, clock, messages, [], out NwlMsiController<TBus, TClock> msi, out refusal)
            || !msi.TryAllocate(in request, out VectorBlock vectors))
        {
            return $"{refusal.Block} 0x{refusal.Offset:X}";
        }

        MsiMessage message = msi.Message(vectors.First);
        PendingBits raised = default;
        MsiCollection collected = msi.Collect(messages.HighInterrupt, ref raised);

        // Tables are made in the pool's memory, which nobody else uses.
        if (!PagePool<TMemory>.TryCreate(memory, new MachineAddress(0x1000_0000), 1 << 20, out PagePool<TMemory> pool))
        {
            return "the pool is not aligned to pages";
        }

        SmmuResult result = SmmuV2<TBus, TMemory, TClock>.TryStart(
            bus, new RegisterAddress(0xFD80_0000), memory, clock, new SmmuV2Options(), ref pool, out SmmuV2<TBus, TMemory, TClock> smmu, out uint register);
        if (result != SmmuResult.Done || smmu.TryCreateSpace(ref pool, tag: 1, inputBits: 40, LeafSize.OneGigabyte, out SmmuV2Space<TMemory> space) != SmmuResult.Done)
        {
            return $"SMMU 0x{register:X}: {result}";
        }

        MappingResult mapped = smmu.Map(ref space, ref pool, 0x8000_0000, new MachineAddress(0x4000_0000), 0x10_0000, PageAttributes.DmaRam);
        SmmuResult attached = smmu.Attach(new StreamId(0x4D0), in space);
        string faults = "";
        if (smmu.TryTakeFault(out SmmuFault fault))
        {
            faults = $", {fault.Kind} of stream 0x{fault.Stream.Value:X} at 0x{fault.Address.Untrusted:X}";
        }

        uint identity = bridge.ReadConfig(new RequesterId(1, 0, 0), 0, AccessWidth.Word);
        return $"{identity:x8} behind the link, messages to 0x{message.Address.Value:X} = {message.Data}, {collected}, {mapped}, {attached}{faults}";
    }
}
