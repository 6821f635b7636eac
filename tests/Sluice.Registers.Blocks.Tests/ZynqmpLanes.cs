using System.Collections.Generic;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>How the ZCU102 uses its four lanes: which clock each has, and by which steps its spectrum is spread.</summary>
internal static class ZynqmpLanes
{
    /// <summary>The lane's own clock buffer.</summary>
    public const uint OwnBuffer = 0x80;

    /// <summary>The arguments of a device's sequence.</summary>
    public static Dictionary<string, ulong> Arguments(string sequence) => sequence switch
    {
        "GT_PCIE" => Without(0, 0xD, OwnBuffer),
        "GT_DP" => With(1, 0x9, 1 << 3, 856, 144252),
        "GT_USB3" => With(2, 0x8, OwnBuffer, 824, 143860),
        "GT_SATA" => With(3, 0xF, 1 << 1, 992, 119497),
        _ => Without(0, 0xF, OwnBuffer),
    };

    private static Dictionary<string, ulong> Without(ulong lane, ulong frequency, ulong buffer)
        => new() { ["Lane"] = lane, ["Frequency"] = frequency, ["Buffer"] = buffer };

    private static Dictionary<string, ulong> With(ulong lane, ulong frequency, ulong buffer, ulong steps, ulong stepSize)
        => new() { ["Lane"] = lane, ["Frequency"] = frequency, ["Buffer"] = buffer, ["Steps"] = steps, ["StepSize"] = stepSize };
}
