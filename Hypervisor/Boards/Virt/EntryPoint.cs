using System;
using System.Runtime.InteropServices;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests.Interrupts;
using Sluice.Hypervisor.Guests.Start;
using Sluice.Hypervisor.Processor;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Traps;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>From the first C# instruction to the guest's first: read what the boot loader left, give the guest its machine, enter it.</summary>
internal static unsafe class EntryPoint
{
    private const int LargestTree = 0x20_0000;
    private const ushort GuestNumber = 1;

    [UnmanagedCallersOnly(EntryPoint = "sluice_main")]
    private static void Main()
    {
        FdtError error = FdtReader.TryOpen(new ReadOnlySpan<byte>((void*)VirtBoard.DeviceTree, LargestTree), out FdtReader tree);
        if (error != FdtError.None)
        {
            Shutdown.Refuse("no readable device tree at the start of RAM"u8);
            return;
        }

        if (!GuestDescription.TryRead(tree, out GuestDescription guest, out ReadOnlySpan<byte> problem))
        {
            Shutdown.Refuse(problem);
            return;
        }

        Start(tree, guest);
    }

    private static void Start(FdtReader tree, GuestDescription guest)
    {
        var kernelFile = new ReadOnlySpan<byte>((void*)guest.Kernel.Start, (int)Math.Min(guest.Kernel.Length, int.MaxValue));
        if (!KernelImage.TryRead(kernelFile, out KernelImage kernel)
            || !GuestLayout.TryCreate(guest.MemoryBytes, kernel, guest.RamDisk.Length, out GuestLayout layout))
        {
            Shutdown.Refuse("the kernel is not a little-endian arm64 image, or the guest's memory is too small for it"u8);
            return;
        }

        if (!MachineRam.TryPlace(tree, guest, out ulong ram))
        {
            Shutdown.Refuse("the machine has no contiguous memory left for the guest"u8);
            return;
        }

        Copy(guest.Kernel, ram + layout.Kernel);
        Copy(guest.RamDisk, ram + layout.RamDisk);
        if (!TryWriteTree(tree, guest, layout, ram))
        {
            Shutdown.Refuse("the guest's device tree does not fit"u8);
            return;
        }

        // The guest begins with its caches off.
        SystemRegisters.CleanInvalidateData(ram, guest.MemoryBytes);
        if (!GuestSpace.TryCreate())
        {
            Shutdown.Refuse("the guest's stage-2 tables could not be made"u8);
            return;
        }

        if (guest.HasDevice && !Passthrough.TryStartSmmu())
        {
            Shutdown.Refuse("the SMMU could not be started, or its tables not be made"u8);
            return;
        }

        if (!GuestRanges.TryAdd(guest, ram))
        {
            Shutdown.Refuse("the guest's ranges overlap, or their tables do not fit: it has too much memory"u8);
            return;
        }

        StartInterrupts(guest.HasNwlBridge);
        if (guest.HasDevice && !Passthrough.TryStart(guest, out ReadOnlySpan<byte> problem))
        {
            Shutdown.Refuse(problem);
            return;
        }

        if (!TryFillMap(ref VirtMachine.Guest.Map, guest.HasDevice, guest.HasNwlBridge))
        {
            Shutdown.Refuse("the guest's address map is full"u8);
            return;
        }

        GuestMode.Prepare(VirtMachine.Space.Table.Geometry, VirtMachine.Space.Table.Root, GuestNumber);
        GuestMode.Enter(GuestView.Ram + layout.Kernel, GuestView.Ram + layout.Tree);
    }

    private static void StartInterrupts(bool hasNwl)
    {
        VirtMachine.Distributor.Initialize();
        VirtMachine.CpuInterface.Initialize();
        var lists = new VirtualInterfaceDevice(VirtBoard.VirtualInterface);
        lists.Initialize();
        var interrupts = new VirtualInterrupts(VirtMachine.Distributor, VirtMachine.CpuInterface, lists);
        interrupts.Own(VirtBoard.VirtualTimerInterrupt, direct: true);
        interrupts.Own(VirtBoard.UartInterrupt, direct: true);
        for (uint message = 0; !hasNwl && message < GuestView.MessageInterrupts; message++)
        {
            interrupts.Own(GuestView.FirstMessageInterrupt + message, direct: false);
        }

        uint firstWire = hasNwl ? GuestView.NwlLowInterrupt : GuestView.FirstWireInterrupt;
        uint endOfWires = hasNwl ? GuestView.NwlEventInterrupt + 1 : GuestView.FirstWireInterrupt + GuestIntx.Wires;
        for (uint wire = firstWire; wire < endOfWires; wire++)
        {
            interrupts.Own(wire, direct: false);
        }

        VirtMachine.Guest.Distributor = new VirtualDistributor(interrupts);
        VirtMachine.Distributor.Enable(VirtBoard.MaintenanceInterrupt);
    }

    private static bool TryFillMap(ref AddressMap map, bool hasDevice, bool hasNwl)
    {
        bool added = map.Add(GuestView.Distributor, VirtualDistributor.SizeBytes, VirtDevices.Distributor) == AddressMapError.None;
        if (!hasDevice)
        {
            return added;
        }

        ulong configBytes = hasNwl ? GuestView.NwlConfigSpaceBytes : GuestView.ConfigSpaceBytes;
        added &= map.Add(GuestView.ConfigSpace, configBytes, VirtDevices.ConfigSpace) == AddressMapError.None
            && map.Add(GuestView.MemoryWindow, GuestView.MemoryWindowBytes, VirtDevices.MemoryWindow) == AddressMapError.None;
        return !hasNwl
            ? added && map.Add(GuestView.MessageFrame, GuestView.MessageFrameBytes, VirtDevices.MessageFrame) == AddressMapError.None
            : added && map.Add(GuestView.NwlRegisters, GuestNwlBridge.BlockBytes, VirtDevices.NwlRegisters) == AddressMapError.None
                && map.Add(GuestView.NwlAttributes, GuestNwlBridge.BlockBytes, VirtDevices.NwlAttributes) == AddressMapError.None;
    }

    private static void Copy(GuestModule module, ulong destination)
    {
        Buffer.MemoryCopy((void*)module.Start, (void*)destination, module.Length, module.Length);
    }

    private static NwlPlatform Nwl => new()
    {
        Bridge = new GuestRange(GuestView.NwlRegisters, GuestNwlBridge.BlockBytes),
        Attributes = new GuestRange(GuestView.NwlAttributes, GuestNwlBridge.BlockBytes),
        EventSpi = GuestView.NwlEventInterrupt - 32,
        UnusedSpi = GuestView.NwlUnusedInterrupt - 32,
        WireSpi = GuestView.NwlWireInterrupt - 32,
        HighMessageSpi = GuestView.NwlHighInterrupt - 32,
        LowMessageSpi = GuestView.NwlLowInterrupt - 32,
    };

    // The guest sees the function at the device number that it has on the machine.
    private static PciInterrupt Wire(ushort function, uint pin)
    {
        var id = new RequesterId(function);
        return new PciInterrupt(id.Device, pin, GuestView.FirstWireInterrupt - 32 + GuestIntx.WireOf(id, pin));
    }

    private static bool TryWriteTree(FdtReader tree, GuestDescription guest, GuestLayout layout, ulong ram)
    {
        ReadOnlySpan<byte> processor = "arm,armv8"u8;
        if (tree.TryFind("/cpus/cpu"u8, out FdtNode node) && tree.TryGetProperty(node, "compatible"u8, out FdtProperty compatible)
            && compatible.TryGetText(out ReadOnlySpan<byte> text))
        {
            processor = text;
        }

        ReadOnlySpan<PciInterrupt> wires = stackalloc PciInterrupt[] { Wire(guest.Device, 1), Wire(guest.Device, 2), Wire(guest.Device, 3), Wire(guest.Device, 4) };
        var platform = new GuestPlatform
        {
            Memory = [new GuestRange(GuestView.Ram, guest.MemoryBytes)],
            CpuCount = 1,
            CpuCompatible = processor,
            BootArguments = guest.BootArguments,
            RamDisk = new GuestRange(GuestView.Ram + layout.RamDisk, guest.RamDisk.Length),
            Distributor = new GuestRange(GuestView.Distributor, VirtualDistributor.SizeBytes),
            CpuInterface = new GuestRange(GuestView.CpuInterface, GuestView.CpuInterfaceBytes),
            MessageFrame = new GuestRange(GuestView.MessageFrame, guest.HasDevice && !guest.HasNwlBridge ? GuestView.MessageFrameBytes : 0),
            ConfigSpace = new GuestRange(GuestView.ConfigSpace, !guest.HasDevice ? 0 : guest.HasNwlBridge ? GuestView.NwlConfigSpaceBytes : GuestView.ConfigSpaceBytes),
            Nwl = guest.HasNwlBridge ? Nwl : default,
            Interrupts = wires,
            Windows = [new PciWindow(PciSpace.Memory32, GuestView.MemoryWindow, new GuestRange(GuestView.MemoryWindow, GuestView.MemoryWindowBytes))],
            Serial = new GuestRange(GuestView.Uart, GuestView.UartBytes),
            SerialSpi = VirtBoard.UartInterrupt - 32,
            SerialClockHertz = GuestView.UartClockHertz,
        };
        return GuestTree.Write(new Span<byte>((void*)(ram + layout.Tree), GuestLayout.TreeBytes), in platform, out _) == FdtError.None;
    }
}
