namespace Sluice.Runtime.Interrupts;

/// <summary>Who owns a resource of the machine: a guest. The default value is nobody.</summary>
public readonly struct OwnerId
{
    /// <summary>Makes an identity.</summary>
    /// <param name="value">The board's number of the guest, counted from 1.</param>
    public OwnerId(ushort value)
    {
        Value = value;
    }

    /// <summary>The hypervisor itself: it owns what nobody else does, and nothing is assigned to it.</summary>
    public static OwnerId Hypervisor => new(ushort.MaxValue);

    /// <summary>The board's number of the guest, counted from 1; 0 for nobody.</summary>
    public ushort Value { get; }

    /// <summary>Whether this is nobody.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Whether both are the same owner.</summary>
    public bool Is(OwnerId other) => Value == other.Value;
}
