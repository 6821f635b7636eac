using System.Runtime.CompilerServices;
using System.Threading;

namespace Sluice.Registers;

/// <summary>
/// Registers in this program's own address space: the address is a pointer. Accesses are volatile, so that the compiler neither merges nor
/// reorders them (a plain pair of stores may become one wider store).
/// </summary>
public readonly unsafe struct MmioBus : IRegisterBus
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Read8(RegisterAddress address) => Volatile.Read(ref *(byte*)address.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort Read16(RegisterAddress address) => Volatile.Read(ref *(ushort*)address.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Read32(RegisterAddress address) => Volatile.Read(ref *(uint*)address.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read64(RegisterAddress address) => Volatile.Read(ref *(ulong*)address.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value) => Volatile.Write(ref *(byte*)address.Value, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value) => Volatile.Write(ref *(ushort*)address.Value, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value) => Volatile.Write(ref *(uint*)address.Value, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value) => Volatile.Write(ref *(ulong*)address.Value, value);
}
