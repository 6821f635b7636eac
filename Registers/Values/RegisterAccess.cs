using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>
/// One access of a register's own width, by its value type. The width is that of the value's size, which is a constant to the compiler even where a method is so long that nothing more is
/// inlined into it: one branch survives, and with it no cast between sizes, which would be an exception.
/// </summary>
public static class RegisterAccess
{
    /// <summary>Reads a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TValue Read<TBus, TValue>(TBus bus, RegisterAddress address)
        where TBus : struct, IRegisterBus
        where TValue : unmanaged, IRegisterValue<TValue>
        => Unsafe.SizeOf<TValue>() switch
        {
            1 => Unsafe.BitCast<byte, TValue>(bus.Read8(address)),
            2 => Unsafe.BitCast<ushort, TValue>(bus.Read16(address)),
            8 => Unsafe.BitCast<ulong, TValue>(WideAccess.Read(bus, address, TValue.Shape.Halves)),
            _ => Unsafe.BitCast<uint, TValue>(bus.Read32(address)),
        };

    /// <summary>Writes all bits of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<TBus, TValue>(TBus bus, RegisterAddress address, [HardwareSink] TValue value)
        where TBus : struct, IRegisterBus
        where TValue : unmanaged, IRegisterValue<TValue>
    {
        switch (Unsafe.SizeOf<TValue>())
        {
            case 1:
                bus.Write8(address, Unsafe.BitCast<TValue, byte>(value));
                break;
            case 2:
                bus.Write16(address, Unsafe.BitCast<TValue, ushort>(value));
                break;
            case 8:
                WideAccess.Write(bus, address, TValue.Shape.Halves, Unsafe.BitCast<TValue, ulong>(value));
                break;
            default:
                bus.Write32(address, Unsafe.BitCast<TValue, uint>(value));
                break;
        }
    }

    /// <summary>Writes a register, with the neutral value in the bits on which a write acts by itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Modify<TBus, TValue>(TBus bus, RegisterAddress address, [HardwareSink] TValue value)
        where TBus : struct, IRegisterBus
        where TValue : unmanaged, IRegisterValue<TValue>
    {
        ulong keeps = TValue.Shape.ModifyKeeps;
        ulong sets = TValue.Shape.ModifySets;
        switch (Unsafe.SizeOf<TValue>())
        {
            case 1:
                bus.Write8(address, (byte)((Unsafe.BitCast<TValue, byte>(value) & keeps) | sets));
                break;
            case 2:
                bus.Write16(address, (ushort)((Unsafe.BitCast<TValue, ushort>(value) & keeps) | sets));
                break;
            case 8:
                WideAccess.Write(bus, address, TValue.Shape.Halves, (Unsafe.BitCast<TValue, ulong>(value) & keeps) | sets);
                break;
            default:
                bus.Write32(address, (uint)((Unsafe.BitCast<TValue, uint>(value) & keeps) | sets));
                break;
        }
    }

    /// <summary>Reads the bits of a register by its shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ReadBits<TBus>(TBus bus, RegisterAddress address, RegisterShape shape)
        where TBus : struct, IRegisterBus
        => shape.WidthBits switch
        {
            8 => bus.Read8(address),
            16 => bus.Read16(address),
            64 => WideAccess.Read(bus, address, shape.Halves),
            _ => bus.Read32(address),
        };

    /// <summary>Writes the bits of a register by its shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteBits<TBus>(TBus bus, RegisterAddress address, RegisterShape shape, [HardwareSink] ulong bits)
        where TBus : struct, IRegisterBus
    {
        switch (shape.WidthBits)
        {
            case 8:
                bus.Write8(address, (byte)bits);
                break;
            case 16:
                bus.Write16(address, (ushort)bits);
                break;
            case 64:
                WideAccess.Write(bus, address, shape.Halves, bits);
                break;
            default:
                bus.Write32(address, (uint)bits);
                break;
        }
    }
}
