using System.Collections.Generic;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>How the ZCU102 uses its four lanes: which clock each has, and by which steps its spectrum is spread.</summary>
internal static class ZynqmpLanes
{
    /// <summary>The arguments of a device's sequence.</summary>
    public static Dictionary<string, ulong> Arguments(string sequence) => sequence switch
    {
        "GT_PCIE" => new() { ["WidthCode"] = 0, ["Frequency"] = 0xD, ["Clock"] = 0 },
        "GT_DP" => Spread(1, 0x9, 3, 856, 144252),
        "GT_USB3" => Spread(2, 0x8, 2, 824, 143860),
        "GT_SATA" => Spread(3, 0xF, 1, 992, 119497),
        _ => new() { ["Lane"] = 0, ["Frequency"] = 0xF, ["Clock"] = 0 },
    };

    private static Dictionary<string, ulong> Spread(ulong lane, ulong frequency, ulong clock, ulong steps, ulong stepSize)
        => new() { ["Lane"] = lane, ["Frequency"] = frequency, ["Clock"] = clock, ["Steps"] = steps, ["StepSize"] = stepSize };
}
