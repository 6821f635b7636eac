using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>Where a register is on its bus, in bytes: a machine address for MMIO. A type of its own, so that it cannot be swapped with a value.</summary>
public readonly struct RegisterAddress
{
    /// <summary>Makes an address of a byte address on the bus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RegisterAddress(ulong value)
    {
        Value = value;
    }

    /// <summary>The byte address on the bus.</summary>
    public ulong Value { get; }

    /// <summary>The address <paramref name="bytes"/> bytes further on. Generated code calls it in the operator's place, of which the compiler asks each time what it means.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RegisterAddress At(ulong bytes) => new(Value + bytes);

    /// <summary>The address <paramref name="bytes"/> bytes further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RegisterAddress operator +(RegisterAddress address, ulong bytes) => new(address.Value + bytes);
}
