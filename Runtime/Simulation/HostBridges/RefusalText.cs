using System;
using System.Globalization;
using System.Text;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation.HostBridges;

/// <summary>A bridge's refusal as a sentence: where strings may be used, the names of the description say which register it is.</summary>
public static class RefusalText
{
    /// <summary>The sentence.</summary>
    /// <param name="refusal">The refusal.</param>
    public static string Of(BridgeRefusal refusal) => refusal.Block switch
    {
        BridgeBlock.None => "the bridge is ready",
        BridgeBlock.NwlBridge => Sentence("NWL_BRIDGE." + Name<NwlBridge.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.NwlAttributes => Sentence("NWL_ATTRIBUTES." + Name<NwlAttributes.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.AxiPcie => Sentence("AXI_PCIE." + Name<AxiPcie.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.RootPort => Sentence("PCI_BRIDGE_HEADER." + Name<PciBridgeHeader.Hardware.Tables>(refusal.Offset), refusal),
        _ => string.Create(CultureInfo.InvariantCulture, $"a window of the board does not fit: 0x{refusal.Value:X8}"),
    };

    private static string Sentence(string register, BridgeRefusal refusal)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{register} shows 0x{refusal.Value:X8}; its bits 0x{refusal.Mask:X8} should be 0x{refusal.Expected:X8}");

    private static string Name<TTables>(uint offset)
        where TTables : struct, IRegisterTables
    {
        int index = RegisterNames.Find<TTables>(offset, out uint element);
        ReadOnlySpan<byte> name = RegisterNames.Name<TTables>(index);
        string text = name.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"0x{offset:X}") : Encoding.UTF8.GetString(name);
        return element == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}[{element}]");
    }
}
