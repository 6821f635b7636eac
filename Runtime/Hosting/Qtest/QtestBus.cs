using Sluice.Registers;

namespace Sluice.Hosting;

/// <summary>The registers of a QEMU machine over its qtest socket. Addresses are the machine's; accesses throw a <see cref="HostingException"/> when QEMU is gone.</summary>
/// <param name="connection">The connection.</param>
public readonly struct QtestBus(QtestConnection connection) : IRegisterBus
{
    /// <inheritdoc/>
    public byte Read8(RegisterAddress address) => (byte)connection.Read(address.Value, 1);

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address) => (ushort)connection.Read(address.Value, 2);

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address) => (uint)connection.Read(address.Value, 4);

    /// <inheritdoc/>
    public ulong Read64(RegisterAddress address) => connection.Read(address.Value, 8);

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value) => connection.Write(address.Value, 1, value);

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value) => connection.Write(address.Value, 2, value);

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value) => connection.Write(address.Value, 4, value);

    /// <inheritdoc/>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value) => connection.Write(address.Value, 8, value);
}
