using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A register behind which a queue stands, into which a write puts an entry. What a read of it shows is no entry.</summary>
/// <typeparam name="TBus">How it is reached.</typeparam>
/// <typeparam name="TValue">An entry.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="address">Where it is on the bus.</param>
public readonly struct PushRegister<TBus, TValue>(TBus bus, RegisterAddress address)
    where TBus : struct, IRegisterBus
    where TValue : unmanaged, IRegisterValue<TValue>
{
    private readonly TBus _bus = bus;

    /// <summary>Where the register is on its bus, in bytes.</summary>
    public RegisterAddress Address { get; } = address;

    /// <summary>Puts an entry in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push([HardwareSink] TValue value) => RegisterAccess.Write(_bus, Address, value);

    /// <summary>Reads the register, which moves nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue Read() => RegisterAccess.Read<TBus, TValue>(_bus, Address);
}
