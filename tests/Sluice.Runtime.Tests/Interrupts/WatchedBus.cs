using Sluice.Registers;
using Sluice.Simulation;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>The simulated machine's registers as a driver reaches them whose accesses are watched.</summary>
internal readonly struct WatchedBus(SimulatedBus bus, BusWatch watch) : IRegisterBus
{
    public byte Read8(RegisterAddress address) => (byte)Answer(address, bus.Read8(address));

    public ushort Read16(RegisterAddress address) => (ushort)Answer(address, bus.Read16(address));

    public uint Read32(RegisterAddress address) => (uint)Answer(address, bus.Read32(address));

    public ulong Read64(RegisterAddress address) => Answer(address, bus.Read64(address));

    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value)
    {
        if (Keeps(address, value))
        {
            bus.Write8(address, value);
        }
    }

    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value)
    {
        if (Keeps(address, value))
        {
            bus.Write16(address, value);
        }
    }

    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value)
    {
        if (Keeps(address, value))
        {
            bus.Write32(address, value);
        }
    }

    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value)
    {
        if (Keeps(address, value))
        {
            bus.Write64(address, value);
        }
    }

    private ulong Answer(RegisterAddress address, ulong value)
    {
        watch.Read.Add(address.Value);
        return watch.Answers?.Invoke(address.Value, value) ?? value;
    }

    private bool Keeps(RegisterAddress address, ulong value)
    {
        watch.Writes.Add((address.Value, value));
        return watch.Loses?.Invoke(address.Value) != true;
    }
}
