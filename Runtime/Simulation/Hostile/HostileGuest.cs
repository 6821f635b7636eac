using System;
using Sluice.Registers;

namespace Sluice.Simulation.Hostile;

/// <summary>
/// A guest that tries every byte and width: registers with a meaning more often than chance has it, any others, holes, misaligned addresses, BARs anywhere. Nothing is allocated
/// for an access; the same seed makes the same accesses.
/// </summary>
/// <param name="seed">Where the accesses come from.</param>
/// <param name="memoryStart">First guest address of its memory window.</param>
/// <param name="doorbell">Guest address where messages of its functions may go.</param>
/// <param name="firstInterrupt">First interrupt that it has for messages.</param>
/// <param name="devices">How many devices of bus 0, from 1 on, may be there.</param>
public sealed class HostileGuest(ulong seed, ulong memoryStart, ulong doorbell, uint firstInterrupt, uint devices)
{
    private const uint BarBytes = 0x10000;
    private const ulong TableOffset = 0x2F00;

    private readonly SeededRandom _random = new(seed);

    private static ReadOnlySpan<byte> Registers =>
    [
        0x00, 0x04, 0x04, 0x04, 0x05, 0x06, 0x07, 0x0C, 0x0E, 0x10, 0x14, 0x18, 0x1C, 0x20, 0x24, 0x30, 0x34, 0x3C, 0x3D, 0x44, 0x45, 0x52, 0x53, 0x54, 0x58,
        0x5C, 0x60, 0x64, 0x72, 0x73, 0x70, 0x98, 0x99, 0x9A, 0xA0, 0xA2,
    ];

    private static ReadOnlySpan<byte> Widths => [1, 2, 4, 4, 8];

    /// <summary>The next access.</summary>
    public GuestAccess Next()
    {
        uint kind = _random.Below(16);
        AccessWidth width = (AccessWidth)Widths[(int)_random.Below((uint)Widths.Length)];
        bool isWrite = _random.OneIn(2);
        return kind switch
        {
            0 => new GuestAccess(GuestTarget.Frame, isWrite, _random.Next() & 0xFFF, width, _random.OneIn(2) ? firstInterrupt + _random.Below(40) : _random.Word()),
            < 3 => new GuestAccess(GuestTarget.Config, isWrite, _random.Next() & (_random.OneIn(2) ? 0xFFF_FFFFul : ulong.MaxValue), width, _random.Word()),
            < 9 => Config(isWrite, width),
            _ => Memory(isWrite, width),
        };
    }

    private GuestAccess Config(bool isWrite, AccessWidth width)
    {
        ulong place = (ulong)(1 + _random.Below(devices)) << 15;
        uint offset = _random.OneIn(3) ? _random.Below(0x1000) : Registers[(int)_random.Below((uint)Registers.Length)];
        ulong value = offset switch
        {
            // Where it wants its memory: often where it may, sometimes anywhere.
            0x10 or 0x18 when !_random.OneIn(4) => memoryStart + (_random.Below(8) * BarBytes),
            0x14 when !_random.OneIn(8) => 0,
            0x04 when !_random.OneIn(4) => _random.Below(8),
            0x72 or 0x70 when !_random.OneIn(4) => _random.OneIn(4) ? 0ul : 0x8000,

            // A reset takes a tenth of a second of the machine's time: not too many of them.
            0x98 or 0x99 when !_random.OneIn(64) => _random.Word() & ~0x8080ul,
            _ => _random.Word(),
        };
        return new GuestAccess(GuestTarget.Config, isWrite, place + offset, width, value);
    }

    private GuestAccess Memory(bool isWrite, AccessWidth width)
    {
        ulong bar = memoryStart + (_random.Below(8) * BarBytes);
        uint kind = _random.Below(8);
        ulong word = (_random.Next() & 0x1F) * 4;
        ulong address = kind switch
        {
            0 => _random.Next(),
            1 => bar + (_random.Next() & (BarBytes - 1)),
            2 => bar + 0x4000 + (word & 0xF),
            3 => bar + 0x2EF8 + (_random.Next() & 0x1F),
            4 => bar + TableOffset + 0x100 + word,
            _ => bar + TableOffset + (_random.Below(18) * 16) + (word & 0xC),
        };
        ulong value = (address & 0xC) switch
        {
            0 when !_random.OneIn(4) => doorbell,
            4 when !_random.OneIn(4) => doorbell >> 32,
            8 when !_random.OneIn(4) => firstInterrupt + _random.Below(40),
            0xC when !_random.OneIn(4) => _random.Below(2),
            _ => _random.Word(),
        };
        return new GuestAccess(GuestTarget.Memory, isWrite, address, width, value);
    }
}
