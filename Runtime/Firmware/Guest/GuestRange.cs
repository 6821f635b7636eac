namespace Sluice.Runtime.Firmware;

/// <summary>A range of a guest's physical addresses.</summary>
/// <param name="start">First address.</param>
/// <param name="length">Bytes.</param>
public readonly struct GuestRange(ulong start, ulong length)
{
    /// <summary>First address.</summary>
    public ulong Start { get; } = start;

    /// <summary>Bytes; 0 when there is no such range.</summary>
    public ulong Length { get; } = length;
}
