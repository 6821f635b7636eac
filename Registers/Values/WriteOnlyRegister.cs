using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A register that can only be written: what a read of it gives means nothing, or harms.</summary>
/// <typeparam name="TBus">How it is reached.</typeparam>
/// <typeparam name="TValue">Its value.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="address">Where it is on the bus.</param>
public readonly struct WriteOnlyRegister<TBus, TValue>(TBus bus, RegisterAddress address)
    where TBus : struct, IRegisterBus
    where TValue : unmanaged, IRegisterValue<TValue>
{
    private readonly TBus _bus = bus;

    /// <summary>Where the register is on its bus, in bytes.</summary>
    public RegisterAddress Address { get; } = address;

    /// <summary>Writes all bits of the register: one access of its width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write([HardwareSink] TValue value) => RegisterAccess.Write(_bus, Address, value);
}
