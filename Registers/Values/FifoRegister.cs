using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A register behind which queues stand: a read takes an entry out of one, a write puts one into the other. It cannot be modified.</summary>
/// <typeparam name="TBus">How it is reached.</typeparam>
/// <typeparam name="TValue">An entry.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="address">Where it is on the bus.</param>
public readonly struct FifoRegister<TBus, TValue>(TBus bus, RegisterAddress address)
    where TBus : struct, IRegisterBus
    where TValue : unmanaged, IRegisterValue<TValue>
{
    private readonly TBus _bus = bus;

    /// <summary>Where the register is on its bus, in bytes.</summary>
    public RegisterAddress Address { get; } = address;

    /// <summary>Takes the oldest entry out, or whatever an empty queue shows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TValue Pop() => RegisterAccess.Read<TBus, TValue>(_bus, Address);

    /// <summary>Puts an entry in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push([HardwareSink] TValue value) => RegisterAccess.Write(_bus, Address, value);
}
