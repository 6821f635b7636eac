using Sluice.Registers;

namespace Sluice.Simulation;

/// <summary>The simulated machine through a bus on which one access goes wrong.</summary>
/// <param name="bus">The bus.</param>
/// <param name="plan">Which access.</param>
public readonly struct FaultyBus(SimulatedBus bus, FaultPlan plan) : IRegisterBus
{
    /// <inheritdoc/>
    public byte Read8(RegisterAddress address) => plan.Fails() ? byte.MaxValue : bus.Read8(address);

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address) => plan.Fails() ? ushort.MaxValue : bus.Read16(address);

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address) => plan.Fails() ? uint.MaxValue : bus.Read32(address);

    /// <inheritdoc/>
    public ulong Read64(RegisterAddress address) => plan.Fails() ? ulong.MaxValue : bus.Read64(address);

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value)
    {
        if (!plan.Fails())
        {
            bus.Write8(address, value);
        }
    }

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value)
    {
        if (!plan.Fails())
        {
            bus.Write16(address, value);
        }
    }

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value)
    {
        if (!plan.Fails())
        {
            bus.Write32(address, value);
        }
    }

    /// <inheritdoc/>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value)
    {
        if (!plan.Fails())
        {
            bus.Write64(address, value);
        }
    }
}
