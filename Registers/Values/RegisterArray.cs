using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A register that stands several times in its block. It is one description however many elements it has.</summary>
/// <typeparam name="TBus">How it is reached.</typeparam>
/// <typeparam name="TValue">The value of each element.</typeparam>
/// <param name="bus">The bus.</param>
/// <param name="address">Where element 0 is on the bus.</param>
/// <param name="count">Number of elements.</param>
/// <param name="strideBytes">Distance of two elements in bytes.</param>
public readonly struct RegisterArray<TBus, TValue>(TBus bus, RegisterAddress address, uint count, uint strideBytes)
    where TBus : struct, IRegisterBus
    where TValue : unmanaged, IRegisterValue<TValue>
{
    private readonly TBus _bus = bus;
    private readonly RegisterAddress _address = address;
    private readonly uint _strideBytes = strideBytes;

    /// <summary>Number of elements.</summary>
    public uint Count { get; } = count;

    /// <summary>The element at a checked index.</summary>
    public Register<TBus, TValue> this[RegisterIndex<TValue> index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_bus, _address + ((ulong)index.Value * _strideBytes));
    }

    /// <summary>Checks an index.</summary>
    /// <param name="value">The element wanted, counted from 0.</param>
    /// <param name="index">The checked index; element 0 when there is none.</param>
    /// <returns>Whether there is such an element.</returns>
    [Sanitizes]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryIndex(uint value, [Sanitizes] out RegisterIndex<TValue> index)
    {
        bool within = value < Count;
        index = new RegisterIndex<TValue>(within ? value : 0);
        return within;
    }
}
