using System;

namespace Sluice.Runtime.Phy;

/// <summary>How a PLL is told its reference clock: a code for the frequency, and the steps by which it spreads its spectrum.</summary>
/// <remarks>Source: Linux phy-zynqmp.c, table of 13 frequencies; a clock may be off by 100 parts in a million.</remarks>
public readonly struct LaneClock
{
    private const int Columns = 4;
    private const uint Tolerance = 10_000;

    private LaneClock(uint code, uint steps, uint stepSize)
    {
        Code = code;
        Steps = steps;
        StepSize = stepSize;
    }

    /// <summary>The code of the frequency (PLL_REF_SEL).</summary>
    public uint Code { get; }

    /// <summary>How many steps.</summary>
    public uint Steps { get; }

    /// <summary>How large each is.</summary>
    public uint StepSize { get; }

    private static ReadOnlySpan<uint> Rows =>
    [
        19_200_000, 0x05, 608, 264_020,
        20_000_000, 0x06, 634, 243_454,
        24_000_000, 0x07, 760, 168_973,
        26_000_000, 0x08, 824, 143_860,
        27_000_000, 0x09, 856, 86_551,
        38_400_000, 0x0A, 1218, 65_896,
        40_000_000, 0x0B, 634, 243_454,
        52_000_000, 0x0C, 824, 143_860,
        100_000_000, 0x0D, 1058, 87_533,
        108_000_000, 0x0E, 856, 86_551,
        125_000_000, 0x0F, 992, 119_497,
        135_000_000, 0x10, 1070, 55_393,
        150_000_000, 0x11, 792, 187_091,
    ];

    /// <summary>Finds a clock that is close enough.</summary>
    /// <param name="hertz">The clock in hertz.</param>
    /// <param name="clock">What the PLL is told.</param>
    /// <returns>Whether the PLLs take it.</returns>
    public static bool TryFind(uint hertz, out LaneClock clock)
    {
        for (int row = 0; row < Rows.Length; row += Columns)
        {
            uint exact = Rows[row];
            uint off = hertz > exact ? hertz - exact : exact - hertz;
            if (off <= exact / Tolerance)
            {
                clock = new LaneClock(Rows[row + 1], Rows[row + 2], Rows[row + 3]);
                return true;
            }
        }

        clock = default;
        return false;
    }
}
