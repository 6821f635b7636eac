using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>A generic host bridge that can say that it is not ready, as one does whose link is down.</summary>
public readonly struct StoppableBridge(EcamHostBridge<SimulatedBus> bridge, StoppableBridge.Link link) : IHostBridge
{
    public BusRange Buses => bridge.Buses;

    public bool IsReady(out BridgeRefusal refusal)
    {
        refusal = link.IsUp ? default : new BridgeRefusal(BridgeBlock.NwlBridge, 0x238, 0xAB, 1, 1);
        return link.IsUp;
    }

    public uint ReadConfig(RequesterId function, uint offset, AccessWidth width) => bridge.ReadConfig(function, offset, width);

    public void WriteConfig(RequesterId function, [HardwareSink] uint offset, AccessWidth width, [HardwareSink] uint value) => bridge.WriteConfig(function, offset, width, value);

    public ulong ReadMemory(RegisterAddress address, AccessWidth width) => bridge.ReadMemory(address, width);

    public void WriteMemory([HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value) => bridge.WriteMemory(address, width, value);

    /// <summary>Whether the bridge is ready.</summary>
    public sealed class Link
    {
        public bool IsUp { get; set; }
    }
}
