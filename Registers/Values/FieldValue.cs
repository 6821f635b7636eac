using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>Puts a field into the bits of its register. Generated code calls it once a field: a call costs the compiler a fraction of what the same masks and shifts cost it written out.</summary>
public static class FieldValue
{
    /// <summary>The register's bits with a field of one bit set or cleared.</summary>
    /// <param name="register">The bits of a register of up to 32 bits.</param>
    /// <param name="mask">The field's bit.</param>
    /// <param name="value">Whether it is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Put(uint register, uint mask, bool value) => (register & ~mask) | (value ? mask : 0);

    /// <summary>The register's bits with a field replaced.</summary>
    /// <param name="register">The bits of a register of up to 32 bits.</param>
    /// <param name="mask">The field's bits.</param>
    /// <param name="lowest">The lowest of them.</param>
    /// <param name="value">The field's value, right-aligned; bits beyond its width do not count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Put(uint register, uint mask, int lowest, uint value) => (register & ~mask) | ((value << lowest) & mask);

    /// <summary>The register's bits with a field of one bit set or cleared.</summary>
    /// <param name="register">The bits of a 64-bit register.</param>
    /// <param name="mask">The field's bit.</param>
    /// <param name="value">Whether it is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Put(ulong register, ulong mask, bool value) => (register & ~mask) | (value ? mask : 0);

    /// <summary>The register's bits with a field replaced.</summary>
    /// <param name="register">The bits of a 64-bit register.</param>
    /// <param name="mask">The field's bits.</param>
    /// <param name="lowest">The lowest of them.</param>
    /// <param name="value">The field's value, right-aligned; bits beyond its width do not count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Put(ulong register, ulong mask, int lowest, ulong value) => (register & ~mask) | ((value << lowest) & mask);
}
