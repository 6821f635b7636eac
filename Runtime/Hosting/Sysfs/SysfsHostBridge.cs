using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Hosting;

/// <summary>This machine's PCI functions over sysfs. The kernel has brought the bridge up; it and the kernel's own driver must agree on who uses a function.</summary>
/// <param name="functions">The functions.</param>
public readonly struct SysfsHostBridge(SysfsPci functions) : IHostBridge
{
    /// <inheritdoc/>
    public BusRange Buses => new(0, byte.MaxValue);

    /// <summary>The kernel uses the bridge, so it has brought it up.</summary>
    /// <inheritdoc/>
    public bool IsReady(out BridgeRefusal refusal)
    {
        refusal = default;
        return true;
    }

    /// <inheritdoc/>
    public uint ReadConfig(RequesterId function, uint offset, AccessWidth width) => functions.ReadConfig(function, offset, width);

    /// <inheritdoc/>
    public void WriteConfig(RequesterId function, [HardwareSink] uint offset, AccessWidth width, [HardwareSink] uint value)
        => functions.WriteConfig(function, offset, width, value);

    /// <inheritdoc/>
    public ulong ReadMemory(RegisterAddress address, AccessWidth width)
    {
        if (functions.Find(address.Value) is not { } region)
        {
            return ulong.MaxValue >> (64 - ((int)width * 8));
        }

        MappedBus bus = region.Bus;
        return width switch
        {
            AccessWidth.Byte => bus.Read8(address),
            AccessWidth.HalfWord => bus.Read16(address),
            AccessWidth.Word => bus.Read32(address),
            _ => bus.Read64(address),
        };
    }

    /// <inheritdoc/>
    public void WriteMemory([HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value)
    {
        if (functions.Find(address.Value) is not { } region)
        {
            return;
        }

        MappedBus bus = region.Bus;
        switch (width)
        {
            case AccessWidth.Byte:
                bus.Write8(address, (byte)value);
                break;
            case AccessWidth.HalfWord:
                bus.Write16(address, (ushort)value);
                break;
            case AccessWidth.Word:
                bus.Write32(address, (uint)value);
                break;
            default:
                bus.Write64(address, value);
                break;
        }
    }
}
