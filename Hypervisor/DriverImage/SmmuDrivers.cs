using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;

namespace Sluice.DriverImage;

/// <summary>Both SMMUs.</summary>
internal static class SmmuDrivers
{
    /// <summary>Calls everything that an SMMU driver can do.</summary>
    public static uint UseAll(GenericTimer clock)
        => PagePool<PhysicalMemory>.TryCreate(default, new MachineAddress(0x5000_0000), 0x10_0000, out PagePool<PhysicalMemory> pool)
            ? UseV2(clock, ref pool) + UseV3(clock, ref pool)
            : 0;

    private static uint UseV2(GenericTimer clock, ref PagePool<PhysicalMemory> pool)
    {
        ZynqmpSmmuInterrupt<MmioBus> interrupt = new(default, new RegisterAddress(0xFD5F_0000));
        interrupt.Acknowledge(interrupt.Causes());
        interrupt.Close();
        SmmuResult result = SmmuV2<MmioBus, PhysicalMemory, GenericTimer>.TryStart(
            default, new RegisterAddress(0xFD80_0000), default, clock, new SmmuV2Options { MayBypass = true }, ref pool,
            out SmmuV2<MmioBus, PhysicalMemory, GenericTimer> smmu, out uint register);
        if (result != SmmuResult.Done || smmu.TryCreateSpace(ref pool, 1, 40, LeafSize.OneGigabyte, out SmmuV2Space<PhysicalMemory> space) != SmmuResult.Done)
        {
            return register;
        }

        uint used = interrupt.TryOpen(out BridgeRefusal refusal) ? 1u : refusal.Value;
        used += (uint)smmu.Map(ref space, ref pool, 0, new MachineAddress(0x4000_0000), 0x4000_0000, PageAttributes.DmaRam);
        used += (uint)smmu.Protect(ref space, ref pool, 0, 0x1000, PageAccess.Read);
        used += Use<SmmuV2<MmioBus, PhysicalMemory, GenericTimer>, SmmuV2Space<PhysicalMemory>>(ref smmu, in space);
        used += (uint)smmu.Pass(new StreamMatch(0x4C0, 3)) + (uint)smmu.StopPassing(new StreamMatch(0x4C0, 3));
        used += smmu.TryTakeFault(out SmmuFault fault) ? (uint)fault.Kind : 0;
        used += (uint)smmu.AllowReports() + (uint)smmu.Unmap(ref space, ref pool, 0, 0x4000_0000) + (uint)smmu.TryReleaseSpace(in space, ref pool);
        return used + (uint)smmu.TryStop(ref pool);
    }

    private static uint UseV3(GenericTimer clock, ref PagePool<PhysicalMemory> pool)
    {
        SmmuResult result = SmmuV3<MmioBus, PhysicalMemory, GenericTimer>.TryStart(
            default, new RegisterAddress(0x0905_0000), default, clock, new SmmuOptions { StreamBits = 16, TwoLevelStreams = true }, ref pool,
            out SmmuV3<MmioBus, PhysicalMemory, GenericTimer> smmu, out uint register);
        if (result != SmmuResult.Done || smmu.TryCreateSpace(ref pool, 1, 40, LeafSize.OneGigabyte, out SmmuAddressSpace<PhysicalMemory> space) != SmmuResult.Done)
        {
            return register;
        }

        uint used = (uint)smmu.TryReserve(new StreamId(8), ref pool);
        used += (uint)smmu.Map(ref space, ref pool, 0, new MachineAddress(0x4000_0000), 0x4000_0000, PageAttributes.DmaRam);
        used += (uint)smmu.Protect(ref space, ref pool, 0, 0x1000, PageAccess.Read);
        used += Use<SmmuV3<MmioBus, PhysicalMemory, GenericTimer>, SmmuAddressSpace<PhysicalMemory>>(ref smmu, in space);
        used += smmu.TryTakeFault(out SmmuFault fault) ? (uint)fault.Kind : 0;
        used += smmu.TakeErrors().Any ? 1u : 0;
        used += (uint)smmu.Unmap(ref space, ref pool, 0, 0x4000_0000) + (uint)smmu.TryReleaseSpace(in space, ref pool);
        return used + (uint)smmu.TryStop(ref pool);
    }

    private static uint Use<TSmmu, TSpace>(ref TSmmu smmu, in TSpace space)
        where TSmmu : struct, ISmmu<TSpace>
        where TSpace : struct
    {
        StreamId stream = new(8);
        uint used = (uint)smmu.Quarantine(stream) + (uint)smmu.Unquarantine(stream) + (uint)smmu.Attach(stream, in space);
        used += smmu.IsAttached(stream, in space) || smmu.IsQuarantined(stream) ? 1u : 0;
        return used + (uint)smmu.Detach(stream, in space);
    }
}
