namespace Sluice.Hypervisor.Guests.Start;

/// <summary>A file that the boot loader put into the machine's memory.</summary>
/// <param name="start">Machine address of its first byte.</param>
/// <param name="length">Bytes; 0 when there is no such file.</param>
internal readonly struct GuestModule(ulong start, ulong length)
{
    public ulong Start { get; } = start;

    public ulong Length { get; } = length;
}
