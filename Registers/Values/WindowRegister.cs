using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A register that reaches what a field of another one selects. Selecting and accessing are two accesses: who shares the window shares a lock.</summary>
/// <typeparam name="TBus">How it is reached.</typeparam>
/// <typeparam name="TSelector">The register that selects.</typeparam>
/// <typeparam name="TValue">What is reached.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="address">Where the window is on the bus.</param>
/// <param name="selector">Where the register is that selects.</param>
/// <param name="shift">The lowest bit of its field that holds the selection.</param>
/// <param name="keeps">The bits of that register that must be written back as they are read.</param>
/// <param name="count">How many there are to select from.</param>
public readonly struct WindowRegister<TBus, TSelector, TValue>(TBus bus, RegisterAddress address, RegisterAddress selector, int shift, ulong keeps, ulong count)
    where TBus : struct, IRegisterBus
    where TSelector : unmanaged, IRegisterValue<TSelector>
    where TValue : unmanaged, IRegisterValue<TValue>
{
    private readonly TBus _bus = bus;
    private readonly RegisterAddress _selector = selector;
    private readonly int _shift = shift;
    private readonly ulong _keeps = keeps;

    /// <summary>How many there are to select from.</summary>
    public ulong Count { get; } = count;

    /// <summary>The window itself, whatever is selected.</summary>
    public Register<TBus, TValue> Data { get; } = new(bus, address);

    /// <summary>Selects one and reads it.</summary>
    /// <param name="index">Which one, counted from 0.</param>
    /// <param name="value">What is read; zero when there is no such one.</param>
    /// <returns>False, without an access, when there is no such one.</returns>
    public bool TryRead(uint index, out TValue value)
    {
        bool isThere = index < Count;
        if (isThere)
        {
            Select(index);
        }

        value = isThere ? Data.Read() : default;
        return isThere;
    }

    /// <summary>Selects one and writes it.</summary>
    /// <param name="index">Which one, counted from 0.</param>
    /// <param name="value">What is written.</param>
    /// <returns>False, without an access, when there is no such one.</returns>
    public bool TryWrite([HardwareSink] uint index, [HardwareSink] TValue value)
    {
        if (index >= Count)
        {
            return false;
        }

        Select(index);
        Data.Write(value);
        return true;
    }

    private void Select([HardwareSink] uint index)
    {
        ulong kept = _keeps == 0 ? 0 : RegisterAccess.ReadBits(_bus, _selector, TSelector.Shape) & _keeps;
        RegisterAccess.WriteBits(_bus, _selector, TSelector.Shape, kept | ((ulong)index << _shift) | TSelector.Shape.ModifySets);
    }
}
