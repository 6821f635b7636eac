using System;
using Sluice.Runtime.Firmware;

namespace Sluice.Hypervisor.Guests.Start;

/// <summary>A guest as the node below /chosen describes it (docs/guests.md). It refers to the tree, which must stay where it is meanwhile.</summary>
internal ref struct GuestDescription
{
    private const ulong LargestMemory = 64ul << 30;
    private const ulong Kibibyte = 1024;

    /// <summary>RAM in bytes.</summary>
    public ulong MemoryBytes { get; private set; }

    public ReadOnlySpan<byte> BootArguments { get; private set; }

    public GuestModule Kernel { get; private set; }

    public GuestModule RamDisk { get; private set; }

    /// <summary>Whether a PCI function is passed through.</summary>
    public bool HasDevice { get; private set; }

    /// <summary>Its requester ID.</summary>
    public ushort Device { get; private set; }

    /// <summary>Whether the device's stream is to abort: the negative control.</summary>
    public bool AbortsStream { get; private set; }

    /// <summary>Whether the guest's host bridge is an NWL bridge with its own message controller; otherwise a generic one with a GICv2m frame.</summary>
    public bool HasNwlBridge { get; private set; }

    /// <summary>Finds the guest.</summary>
    /// <param name="tree">The machine's device tree.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="problem">What is wrong when there is none that can be run.</param>
    public static bool TryRead(FdtReader tree, out GuestDescription guest, out ReadOnlySpan<byte> problem)
    {
        guest = default;
        problem = default;
        if (!tree.TryNextCompatible(tree.Root, "sluice,guest"u8, out FdtNode node))
        {
            problem = "the device tree describes no guest (compatible \"sluice,guest\" below /chosen)"u8;
            return false;
        }

        if (!tree.TryGetCell(node, "cpus"u8, out uint cpus) || cpus != 1)
        {
            problem = "a guest has exactly one CPU (property cpus)"u8;
            return false;
        }

        if (!tree.TryGetProperty(node, "memory"u8, out FdtProperty memory) || !memory.TryGetNumber(out ulong kibibytes)
            || kibibytes == 0 || kibibytes > LargestMemory / Kibibyte)
        {
            problem = "the guest's memory is missing or out of bounds (property memory, KiB in two cells)"u8;
            return false;
        }

        guest.MemoryBytes = kibibytes * Kibibyte;
        guest.BootArguments = tree.TryGetProperty(node, "bootargs"u8, out FdtProperty arguments) && arguments.TryGetText(out ReadOnlySpan<byte> text) ? text : default;
        guest.AbortsStream = tree.TryGetProperty(node, "sluice,smmu-abort"u8, out _);
        if (!guest.TryReadBridge(tree, node))
        {
            problem = "sluice,host-bridge is neither \"generic\" nor \"nwl\""u8;
            return false;
        }

        if (!guest.TryReadDevice(tree, node) || !guest.TryReadModules(tree, node))
        {
            problem = "sluice,devices is not one requester ID, or the guest has no kernel module with a reg property"u8;
            return false;
        }

        return true;
    }

    private bool TryReadBridge(FdtReader tree, FdtNode node)
    {
        if (!tree.TryGetProperty(node, "sluice,host-bridge"u8, out FdtProperty bridge))
        {
            return true;
        }

        HasNwlBridge = bridge.HasText("nwl"u8);
        return HasNwlBridge || bridge.HasText("generic"u8);
    }

    private bool TryReadDevice(FdtReader tree, FdtNode node)
    {
        if (!tree.TryGetProperty(node, "sluice,devices"u8, out FdtProperty devices))
        {
            return true;
        }

        if (devices.CellCount != 1 || !devices.TryGetCell(0, out uint requester) || requester > ushort.MaxValue)
        {
            return false;
        }

        HasDevice = true;
        Device = (ushort)requester;
        return true;
    }

    private bool TryReadModules(FdtReader tree, FdtNode node)
    {
        foreach (FdtNode child in tree.Children(node))
        {
            if (!tree.TryGetProperty(child, "compatible"u8, out FdtProperty compatible) || !tree.TryGetReg(child, 0, out FdtRange range))
            {
                continue;
            }

            var module = new GuestModule(range.Start, range.Length);
            if (compatible.HasText("multiboot,kernel"u8))
            {
                Kernel = module;
            }
            else if (compatible.HasText("multiboot,ramdisk"u8))
            {
                RamDisk = module;
            }
        }

        return Kernel.Length != 0;
    }
}
