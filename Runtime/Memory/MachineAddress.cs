using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Memory;

/// <summary>A physical address of the machine, in bytes: what tables and hardware are given. A type of its own, so that a guest's address cannot take its place.</summary>
/// <param name="value">Physical address in bytes.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct MachineAddress(ulong value)
{
    /// <summary>The physical address in bytes.</summary>
    public ulong Value { get; } = value;

    /// <summary>Whether the address is a multiple of <paramref name="alignment"/>, a power of two, in bytes.</summary>
    public bool IsAligned(ulong alignment) => (Value & (alignment - 1)) == 0;

    /// <summary>The address <paramref name="bytes"/> bytes further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MachineAddress operator +(MachineAddress address, ulong bytes) => new(address.Value + bytes);
}
