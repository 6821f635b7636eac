using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Simulation;

/// <summary>The simulated machine's memory as the core sees it.</summary>
/// <param name="machine">The machine.</param>
public readonly struct SimulatedMemory(SimulatedMachine machine) : IMachineMemory
{
    /// <inheritdoc/>
    public ulong Read64(MachineAddress address) => machine.Memory.Read64(address.Value);

    /// <inheritdoc/>
    public void Write64([HardwareSink] MachineAddress address, [HardwareSink] ulong value) => machine.Memory.Write64(address.Value, value);

    /// <inheritdoc/>
    public void Zero([HardwareSink] MachineAddress address, ulong bytes)
    {
        for (ulong offset = 0; offset < bytes; offset += sizeof(ulong))
        {
            machine.Memory.Write64(address.Value + offset, 0);
        }
    }

    /// <inheritdoc/>
    public void Clean(MachineAddress address, ulong bytes) => machine.Memory.Clean(address.Value, bytes);

    /// <inheritdoc/>
    public void Discard(MachineAddress address, ulong bytes) => machine.Memory.Discard(address.Value, bytes);

    /// <inheritdoc/>
    public void Barrier() => machine.Memory.Barrier();
}
