using System.Runtime.CompilerServices;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Which PCI function: bus, device and function number in 16 bits, as a request carries them (PCI Express Base Specification, "Requester ID").
/// </summary>
public readonly struct RequesterId
{
    /// <summary>Makes an identity of its 16 bits.</summary>
    /// <param name="value">Bus in bits 15:8, device in 7:3, function in 2:0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RequesterId(ushort value)
    {
        Value = value;
    }

    /// <summary>Makes an identity of its parts.</summary>
    /// <param name="bus">Bus number.</param>
    /// <param name="device">Device number; the low five bits count.</param>
    /// <param name="function">Function number; the low three bits count.</param>
    public RequesterId(uint bus, uint device, uint function)
    {
        Value = (ushort)((bus << 8) | ((device & 0x1F) << 3) | (function & 7));
    }

    /// <summary>Bus in bits 15:8, device in 7:3, function in 2:0.</summary>
    public ushort Value { get; }

    /// <summary>Bus number.</summary>
    public uint Bus => (uint)Value >> 8;

    /// <summary>Device number on its bus, 0 to 31.</summary>
    public uint Device => ((uint)Value >> 3) & 0x1F;

    /// <summary>Function number in its device, 0 to 7.</summary>
    public uint Function => (uint)Value & 7;

    /// <summary>Whether both name the same function.</summary>
    public bool Is(RequesterId other) => Value == other.Value;
}
