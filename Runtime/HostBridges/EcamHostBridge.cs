using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>A generic host bridge: config space by ECAM, memory mapped as it is. Firmware, or nobody, has to bring it up.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <param name="bus">The machine's registers.</param>
/// <param name="window">Where config space is.</param>
public readonly struct EcamHostBridge<TBus>(TBus bus, EcamWindow window) : IHostBridge
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus = bus;

    /// <summary>Where config space is.</summary>
    public EcamWindow Window { get; } = window;

    /// <inheritdoc/>
    public uint ReadConfig(RequesterId function, uint offset, AccessWidth width)
    {
        if (!Window.TryLocate(function, out RegisterAddress config) || offset >= EcamWindow.FunctionBytes)
        {
            return width switch { AccessWidth.Byte => byte.MaxValue, AccessWidth.HalfWord => ushort.MaxValue, _ => uint.MaxValue };
        }

        return width switch
        {
            AccessWidth.Byte => _bus.Read8(config + offset),
            AccessWidth.HalfWord => _bus.Read16(config + offset),
            _ => _bus.Read32(config + offset),
        };
    }

    /// <inheritdoc/>
    public void WriteConfig(RequesterId function, [HardwareSink] uint offset, AccessWidth width, [HardwareSink] uint value)
    {
        if (!Window.TryLocate(function, out RegisterAddress config) || offset >= EcamWindow.FunctionBytes)
        {
            return;
        }

        switch (width)
        {
            case AccessWidth.Byte:
                _bus.Write8(config + offset, (byte)value);
                break;
            case AccessWidth.HalfWord:
                _bus.Write16(config + offset, (ushort)value);
                break;
            default:
                _bus.Write32(config + offset, value);
                break;
        }
    }

    /// <inheritdoc/>
    public ulong ReadMemory(RegisterAddress address, AccessWidth width) => width switch
    {
        AccessWidth.Byte => _bus.Read8(address),
        AccessWidth.HalfWord => _bus.Read16(address),
        AccessWidth.Word => _bus.Read32(address),
        _ => _bus.Read64(address),
    };

    /// <inheritdoc/>
    public void WriteMemory([HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value)
    {
        switch (width)
        {
            case AccessWidth.Byte:
                _bus.Write8(address, (byte)value);
                break;
            case AccessWidth.HalfWord:
                _bus.Write16(address, (ushort)value);
                break;
            case AccessWidth.Word:
                _bus.Write32(address, (uint)value);
                break;
            default:
                _bus.Write64(address, value);
                break;
        }
    }
}
