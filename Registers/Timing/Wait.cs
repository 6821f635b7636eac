using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>Waits that end: for some time, or for a register to show something.</summary>
public static class Wait
{
    /// <summary>Lets at least so much time pass.</summary>
    /// <param name="clock">What tells the time.</param>
    /// <param name="microseconds">How long.</param>
    public static void For<TClock>(in TClock clock, ulong microseconds)
        where TClock : struct, IClock
    {
        Deadline end = Deadline.After(clock, microseconds);
        while (microseconds != 0 && !end.HasPassed(clock))
        {
        }
    }

    /// <summary>Reads a register until some of its bits have the wanted value. It is read once at least, and once more after the time is over.</summary>
    /// <param name="bus">How the register is reached.</param>
    /// <param name="address">Where it is on the bus.</param>
    /// <param name="clock">What tells the time.</param>
    /// <param name="mask">The bits that are looked at.</param>
    /// <param name="expected">What they must be, in their place in the register.</param>
    /// <param name="timeoutMicroseconds">How long to go on reading; zero reads once.</param>
    /// <param name="intervalMicroseconds">How long to wait between two reads.</param>
    /// <returns>Whether the bits had the value.</returns>
    public static bool TryUntil<TBus, TValue, TClock>(
        TBus bus,
        RegisterAddress address,
        in TClock clock,
        ulong mask,
        ulong expected,
        ulong timeoutMicroseconds,
        ulong intervalMicroseconds)
        where TBus : struct, IRegisterBus
        where TValue : unmanaged, IRegisterValue<TValue>
        where TClock : struct, IClock
    {
        if ((Bits<TBus, TValue>(bus, address) & mask) == expected)
        {
            return true;
        }

        Deadline end = Deadline.After(clock, timeoutMicroseconds);
        bool isOver = timeoutMicroseconds == 0;
        while (!isOver)
        {
            For(clock, intervalMicroseconds);
            isOver = end.HasPassed(clock);
            if ((Bits<TBus, TValue>(bus, address) & mask) == expected)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits<TBus, TValue>(TBus bus, RegisterAddress address)
        where TBus : struct, IRegisterBus
        where TValue : unmanaged, IRegisterValue<TValue>
        => RegisterAccess.ReadBits(bus, address, TValue.Shape);
}
