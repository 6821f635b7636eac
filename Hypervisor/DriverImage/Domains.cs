using System;
using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.ConfigSpace.HardwareDomain;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;

namespace Sluice.DriverImage;

/// <summary>Owners, groups and removal behind an NWL bridge, the hardware domain's config space, a guest's ACPI tables.</summary>
internal static unsafe class Domains
{
    // Too large for the stack.
    private static FunctionAssignment<NwlHostBridge<MmioBus>, GicV2mController, NoStreams> s_assignment;
    private static VirtualHostBridge<NwlHostBridge<MmioBus>, NoGuest, MsixEntryMemory> s_one;
    private static VirtualHostBridge<NwlHostBridge<MmioBus>, NoGuest, MsixEntryMemory> s_other;
    private static DomainMemory<NoTable, NoTable> s_memory;
    private static DomainConfigSpace<NwlHostBridge<MmioBus>> s_domain;

    /// <summary>Calls everything that gives and takes functions and memory.</summary>
    public static uint UseAll(NwlHostBridge<MmioBus> bridge)
    {
        uint used = UseAssignment(bridge) + UseMemory() + UseTables();
        RequesterId function = new(1, 0, 0);
        s_domain = new DomainConfigSpace<NwlHostBridge<MmioBus>>(bridge);
        used += s_domain.TryAllow(function, DomainAccess.ReadOnly) && s_domain.TryUse(function, inUse: true) && s_domain.TryHideCapability(function, 0x40) ? 1u : 0;
        s_domain.Read(function, 4, AccessWidth.Word, out ulong value);
        s_domain.Write(function, 4, AccessWidth.Word, new GuestValue(value));
        return used + s_domain.Denied + (uint)s_domain.Classify(function, 4);
    }

    private static uint UseAssignment(NwlHostBridge<MmioBus> bridge)
    {
        if (!GicV2mController.TryProbe(default(MmioBus), new RegisterAddress(0x0802_0000), out GicV2mController messages))
        {
            return 0;
        }

        s_assignment = new(bridge, messages, default, new MemoryWindow(new MachineAddress(0xE000_0000), 0xE000_0000, 0x1000_0000), default);
        RequesterId function = new(1, 0, 0);
        ReadOnlySpan<AssignmentRequest<MsixEntryMemory>> requests = [new AssignmentRequest<MsixEntryMemory> { Owner = new OwnerId(1), Function = function, Place = new RequesterId(0, 1, 0) }];
        AssignmentRequest<MsixEntryMemory> next = new() { Owner = new OwnerId(2), Function = function, Place = new RequesterId(0, 1, 0) };
        NoGuest guest = default;
        uint used = s_assignment.Isolate() ? 1u : 0;
        used += (uint)s_assignment.AssignGroup(requests, guest, ref s_one) + (uint)s_assignment.Move(in next, guest, ref s_one, guest, ref s_other);
        used += s_assignment.TryMask(0) && s_assignment.TryUnmask(0, out bool wasRaised) && wasRaised ? 1u : 0;
        used += s_assignment.TryRemove(function, guest, ref s_other) && s_assignment.TryReadmit(function) && s_assignment.TryEject(function) ? 1u : 0;
        used += s_assignment.TryReleaseGroup(function, guest, ref s_one) ? 1u : 0;
        return used + (uint)s_assignment.Why(function, function).Relation + (uint)s_assignment.Retire(new OwnerId(1), s_memory.MappedPages);
    }

    private static uint UseMemory()
    {
        s_memory = new(new DomainSettings { Owner = new OwnerId(1), Quota = OwnerQuota.Unlimited, AddressBits = 40, Peers = PeerPolicy.SameOwner }, default, default);
        MachineAddress machine = new(0x4000_0000);
        uint used = (uint)s_memory.AddRam(0x4000_0000, machine, 0x1000_0000) + (uint)s_memory.AddCapturedDoorbell(0xFD48_0000, 0x1000);
        used += (uint)s_memory.BeginMapBar(0x2_0000_0000, machine, 0x2_0000_0000, PageAttributes.Registers);
        while (s_memory.Continue(0x4000_0000) == DomainResult.Pending)
        {
            used++;
        }

        used += (uint)s_memory.BeginUnmapBar(0x2_0000_0000, 0x2_0000_0000) + (uint)s_memory.Remove(0x4000_0000);
        return used + (s_memory.SharesMachineWith(in s_memory, out DomainRegion shared) ? (uint)shared.Kind : 0);
    }

    private static uint UseTables()
    {
        Span<byte> table = stackalloc byte[256];
        ReadOnlySpan<EcamRegion> regions = [new EcamRegion(0x3F00_0000, 0, 0, 15)];
        ReadOnlySpan<RequesterRange> devices = [new RequesterRange(0, 0, 0x1000)];
        uint used = McfgTable.Write(table, regions, out int bytes) == AcpiError.None && McfgTable.TryOpen(table, out McfgTable mcfg) == AcpiError.None ? (uint)mcfg.Count : 0;
        used += IortTable.Write(table, new IortRootComplex { AddressBits = 48 }, 0, devices, out bytes) == AcpiError.None && IortTable.TryOpen(table, out IortTable iort) == AcpiError.None
            ? iort.Count
            : 0;
        return used + (uint)bytes;
    }

    private readonly struct NoGuest : IGuest
    {
        public ulong Microseconds => GenericTimer.Create().Microseconds;

        public bool TryMap([HardwareSink] ulong guest, [HardwareSink] MachineAddress machineAddress, [HardwareSink] ulong sizeBytes, PageAttributes attributes) => false;

        public bool TryUnmap([HardwareSink] ulong guest, [HardwareSink] ulong sizeBytes) => false;

        [Sanitizes]
        public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
        {
            message = default;
            return false;
        }

        public bool TryDeliver(GuestMessage message) => false;

        public void SetIntx(RequesterId place, uint pin, bool asserted)
        {
        }
    }

    private readonly struct NoStreams : IStreamIsolation
    {
        public bool TryQuarantine(uint stream, OwnerId owner) => false;

        public bool TryAttach(uint stream, OwnerId owner) => false;
    }

    private readonly struct NoTable : IDomainTable
    {
        public uint TablePages => 0;

        public MappingResult Map(ulong input, [HardwareSink] MachineAddress output, [HardwareSink] ulong length, PageAttributes attributes) => MappingResult.OutOfTables;

        public MappingResult Unmap(ulong input, ulong length) => MappingResult.NotMapped;
    }
}
