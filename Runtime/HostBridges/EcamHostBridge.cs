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
    public BusRange Buses => new(Window.FirstBus, Window.LastBus);

    /// <summary>A generic bridge has no register that says anything: its window must hold a bus at least.</summary>
    /// <inheritdoc/>
    public bool IsReady(out BridgeRefusal refusal)
    {
        bool holds = Window.LastBus >= (int)Window.FirstBus;
        refusal = holds ? default : new BridgeRefusal(BridgeBlock.Settings, 0, (uint)Window.LastBus, 0, 1);
        return holds;
    }

    /// <inheritdoc/>
    public uint ReadConfig(RequesterId function, uint offset, AccessWidth width)
        => Window.TryLocate(function, out RegisterAddress config) && offset < EcamWindow.FunctionBytes
            ? (uint)MachineAccess.Read(_bus, config + offset, width)
            : MachineAccess.Absent(width);

    /// <inheritdoc/>
    public void WriteConfig(RequesterId function, [HardwareSink] uint offset, AccessWidth width, [HardwareSink] uint value)
    {
        if (Window.TryLocate(function, out RegisterAddress config) && offset < EcamWindow.FunctionBytes)
        {
            MachineAccess.Write(_bus, config + offset, width, value);
        }
    }

    /// <inheritdoc/>
    public ulong ReadMemory(RegisterAddress address, AccessWidth width) => MachineAccess.Read(_bus, address, width);

    /// <inheritdoc/>
    public void WriteMemory([HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value)
        => MachineAccess.Write(_bus, address, width, value);
}
