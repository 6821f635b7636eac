namespace Sluice.Registers;

/// <summary>An index into a register array that has been checked against it. Only the array makes one.</summary>
/// <typeparam name="TValue">The value of the array's registers.</typeparam>
public readonly struct RegisterIndex<TValue>
    where TValue : unmanaged, IRegisterValue<TValue>
{
    internal RegisterIndex(uint value)
    {
        Value = value;
    }

    /// <summary>The element, counted from 0.</summary>
    public uint Value { get; }
}
