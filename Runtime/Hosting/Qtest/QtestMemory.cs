using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Hosting;

/// <summary>The memory of a QEMU machine over its qtest socket. QEMU models no caches: there is nothing to clean.</summary>
/// <param name="connection">The connection.</param>
public readonly struct QtestMemory(QtestConnection connection) : IMachineMemory
{
    /// <inheritdoc/>
    public ulong Read64(MachineAddress address) => connection.Read(address.Value, 8);

    /// <inheritdoc/>
    public void Write64([HardwareSink] MachineAddress address, [HardwareSink] ulong value) => connection.Write(address.Value, 8, value);

    /// <inheritdoc/>
    public void Zero([HardwareSink] MachineAddress address, ulong bytes) => connection.Fill(address.Value, bytes, 0);

    /// <inheritdoc/>
    public void Clean(MachineAddress address, ulong bytes)
    {
    }

    /// <inheritdoc/>
    public void Discard(MachineAddress address, ulong bytes)
    {
    }

    /// <inheritdoc/>
    public void Barrier()
    {
    }
}
