using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>Accesses to a 64-bit register over a bus that may be narrower, in the order that the hardware wants.</summary>
public static class WideAccess
{
    /// <summary>Reads a 64-bit register.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="address">Where the register is on the bus.</param>
    /// <param name="halves">How it is reached.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read<TBus>(TBus bus, RegisterAddress address, RegisterHalves halves)
        where TBus : struct, IRegisterBus
        => halves == RegisterHalves.None ? bus.Read64(address) : ReadHalves(bus, address, halves);

    /// <summary>Writes a 64-bit register.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="address">Where the register is on the bus.</param>
    /// <param name="halves">How it is reached.</param>
    /// <param name="value">What is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<TBus>(TBus bus, RegisterAddress address, RegisterHalves halves, [HardwareSink] ulong value)
        where TBus : struct, IRegisterBus
    {
        if (halves == RegisterHalves.None)
        {
            bus.Write64(address, value);
        }
        else
        {
            WriteHalves(bus, address, halves, value);
        }
    }

    private static ulong ReadHalves<TBus>(TBus bus, RegisterAddress address, RegisterHalves halves)
        where TBus : struct, IRegisterBus
    {
        if (halves == RegisterHalves.LowFirst)
        {
            uint first = bus.Read32(address);
            return first | ((ulong)bus.Read32(address + 4) << 32);
        }

        uint high = bus.Read32(address + 4);
        uint low = bus.Read32(address);
        if (halves == RegisterHalves.Split)
        {
            // What lies between two reads of the upper half that agree belongs to it; after a carry, the new lower half is small and belongs to the second.
            uint again = bus.Read32(address + 4);
            low = again == high ? low : bus.Read32(address);
            high = again;
        }

        return low | ((ulong)high << 32);
    }

    private static void WriteHalves<TBus>(TBus bus, RegisterAddress address, RegisterHalves halves, [HardwareSink] ulong value)
        where TBus : struct, IRegisterBus
    {
        bool highFirst = halves == RegisterHalves.HighFirst;
        bus.Write32(address + (highFirst ? 4ul : 0ul), (uint)(highFirst ? value >> 32 : value));
        bus.Write32(address + (highFirst ? 0ul : 4ul), (uint)(highFirst ? value : value >> 32));
    }
}
