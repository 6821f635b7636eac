using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A register that can only be read.</summary>
/// <typeparam name="TBus">How it is reached.</typeparam>
/// <typeparam name="TValue">Its value.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="address">Where it is on the bus.</param>
public readonly struct ReadOnlyRegister<TBus, TValue>(TBus bus, RegisterAddress address)
    where TBus : struct, IRegisterBus
    where TValue : unmanaged, IRegisterValue<TValue>
{
    private readonly TBus _bus = bus;

    /// <summary>Where the register is on its bus, in bytes.</summary>
    public RegisterAddress Address { get; } = address;

    /// <summary>Reads the register: one access of its width, with whatever a read does to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue Read() => RegisterAccess.Read<TBus, TValue>(_bus, Address);

    /// <summary>Reads the register until some of its bits have the wanted value, for a bounded time: see <see cref="Wait.TryUntil"/>.</summary>
    /// <param name="clock">What tells the time.</param>
    /// <param name="mask">The bits that are looked at.</param>
    /// <param name="expected">What they must be, in their place in the register.</param>
    /// <param name="timeoutMicroseconds">How long to go on reading; zero reads once.</param>
    /// <param name="intervalMicroseconds">How long to wait between two reads.</param>
    /// <returns>Whether the bits had the value.</returns>
    public bool TryWait<TClock>(in TClock clock, ulong mask, ulong expected, ulong timeoutMicroseconds, ulong intervalMicroseconds)
        where TClock : struct, IClock
        => Wait.TryUntil<TBus, TValue, TClock>(_bus, Address, clock, mask, expected, timeoutMicroseconds, intervalMicroseconds);
}
