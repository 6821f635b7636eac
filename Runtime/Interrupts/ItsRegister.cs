namespace Sluice.Runtime.Interrupts;

/// <summary>Which register did not do what it should.</summary>
/// <param name="isRedistributor">Whether it is one of the redistributor, not of the service.</param>
/// <param name="offset">Its byte offset.</param>
public readonly struct ItsRegister(bool isRedistributor, uint offset)
{
    /// <summary>Whether it is one of the redistributor, not of the service.</summary>
    public bool IsRedistributor { get; } = isRedistributor;

    /// <summary>Its byte offset in its block.</summary>
    public uint Offset { get; } = offset;
}
