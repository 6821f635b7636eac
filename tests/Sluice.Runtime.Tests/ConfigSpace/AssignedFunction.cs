using System;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Pci;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>The scenarios' reference device, assigned.</summary>
public sealed class AssignedFunction : AssignedDevice<DmaFunction>
{
    public const ulong Bar0 = 0x2300_0000;
    public const ulong Bar2 = 0x2302_0000;
    public const ulong Frame = 0x0802_0000;
    public const ulong Doorbell = Frame + 0x40;
    public const uint FirstInterrupt = 64;

    public AssignedFunction(Action<DmaFunction>? prepare = null, uint mostVectors = 17, FunctionPolicy policy = default)
        : base(Prepared(prepare), mostVectors, policy)
    {
    }

    public static RequesterId Physical { get; } = new(0, 2, 0);

    /// <summary>Places the BARs as a guest's firmware does, and turns decoding and mastering on.</summary>
    public AssignedFunction Enable()
    {
        Write(0x10, 4, Bar0);
        Write(0x14, 4, 0);
        Write(0x18, 4, Bar2);
        Write(0x04, 2, 0x0006);
        return this;
    }

    public ulong Entry(int entry) => Bar0 + DmaFunction.TableOffset + ((ulong)entry * 16);

    /// <summary>Programs an MSI-X entry as Linux does: masked, then message, then unmasked.</summary>
    public void Program(int entry, ulong address, uint data)
    {
        WriteMemory(Entry(entry) + 12, 4, 1);
        WriteMemory(Entry(entry), 4, address & 0xFFFF_FFFF);
        WriteMemory(Entry(entry) + 4, 4, address >> 32);
        WriteMemory(Entry(entry) + 8, 4, data);
        WriteMemory(Entry(entry) + 12, 4, 0);
    }

    private static DmaFunction Prepared(Action<DmaFunction>? prepare)
    {
        DmaFunction device = new();
        prepare?.Invoke(device);
        return device;
    }
}
