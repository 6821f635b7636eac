namespace Sluice.Runtime.Firmware;

/// <summary>An entry of a <c>reg</c> property: start and length in bytes.</summary>
/// <param name="start">First address.</param>
/// <param name="length">Bytes.</param>
public readonly struct FdtRange(ulong start, ulong length)
{
    /// <summary>First address.</summary>
    public ulong Start { get; } = start;

    /// <summary>Bytes.</summary>
    public ulong Length { get; } = length;
}
