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
}
