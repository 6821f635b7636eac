using System.Threading;
using Sluice.Registers;

namespace Sluice.Hosting;

/// <summary>Mapped registers as a bus. Addresses are the machine's, checked against what is mapped; accesses are volatile.</summary>
/// <param name="region">The registers.</param>
public readonly unsafe struct MappedBus(MappedRegion region) : IRegisterBus
{
    /// <inheritdoc/>
    public byte Read8(RegisterAddress address) => Volatile.Read(ref *(byte*)region.Locate(address.Value, 1));

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address) => Volatile.Read(ref *(ushort*)region.Locate(address.Value, 2));

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address) => Volatile.Read(ref *(uint*)region.Locate(address.Value, 4));

    /// <inheritdoc/>
    public ulong Read64(RegisterAddress address) => Volatile.Read(ref *(ulong*)region.Locate(address.Value, 8));

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value) => Volatile.Write(ref *(byte*)region.Locate(address.Value, 1), value);

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value)
        => Volatile.Write(ref *(ushort*)region.Locate(address.Value, 2), value);

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value) => Volatile.Write(ref *(uint*)region.Locate(address.Value, 4), value);

    /// <inheritdoc/>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value)
        => Volatile.Write(ref *(ulong*)region.Locate(address.Value, 8), value);
}
