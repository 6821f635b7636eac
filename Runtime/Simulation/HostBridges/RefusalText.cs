using System;
using System.Globalization;
using System.Text;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Phy;
using Sluice.Runtime.Smmu;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation.HostBridges;

/// <summary>The refusal of a bridge, or the failure of an SMMU or a translation service, as a sentence: where strings may be used, the names of the description say which register it is.</summary>
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
        BridgeBlock.PsGtr => Sentence("PS_GTR." + Name<PsGtr.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.Siou => Sentence("SIOU." + Name<Siou.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.CrfApb => Sentence("CRF_APB." + Name<CrfApb.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.CrlApb => Sentence("CRL_APB." + Name<CrlApb.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.SataVendor => Sentence("SATA_AHCI_VENDOR." + Name<SataAhciVendor.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.DisplayPort => Sentence("DISPLAY_PORT." + Name<DisplayPort.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.UsbGlue => Sentence("USB3_REGS." + Name<Usb3Regs.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.IouSlcr => Sentence("IOU_SLCR." + Name<IouSlcr.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.SmmuReg => Sentence("SMMU_REG." + Name<SmmuReg.Hardware.Tables>(refusal.Offset), refusal),
        BridgeBlock.GicV2m => string.Create(CultureInfo.InvariantCulture, $"GICV2M.MSI_TYPER shows 0x{refusal.Value:X8}, which names no shared peripheral interrupts"),
        BridgeBlock.LanePlan => $"the lanes of the board do not fit: {(LaneProblem)refusal.Value}",
        _ => string.Create(CultureInfo.InvariantCulture, $"a window of the board does not fit: 0x{refusal.Value:X8}"),
    };

    /// <summary>Why an MMU-500 is not used, as a sentence.</summary>
    /// <param name="result">What a start, or a later call, came to.</param>
    /// <param name="register">The register that it names: <c>failedRegister</c> of the start, or <see cref="Runtime.Smmu.SmmuV2{TBus, TMemory, TClock}.FailedRegister"/>.</param>
    public static string OfSmmuV2(SmmuResult result, uint register)
        => result == SmmuResult.Done ? "the SMMU is ready" : Sentence("SMMU500." + Name<Smmu500.Hardware.Tables>(register), result.ToString());

    /// <summary>Why an SMMUv3 is not used, as a sentence.</summary>
    /// <param name="result">What a start came to.</param>
    /// <param name="register">The register that it names.</param>
    public static string OfSmmuV3(SmmuResult result, uint register)
        => result == SmmuResult.Done ? "the SMMU is ready" : Sentence("SMMUV3." + Name<Smmuv3.Hardware.Tables>(register), result.ToString());

    /// <summary>Why a translation service is not used, as a sentence.</summary>
    /// <param name="result">What a start, or a later call, came to.</param>
    /// <param name="register">The register that it names.</param>
    public static string OfIts(ItsResult result, ItsRegister register)
        => result == ItsResult.Done ? "the service is ready"
            : register.IsRedistributor ? Sentence("GIC_REDISTRIBUTOR." + Name<GicRedistributor.Hardware.Tables>(register.Offset), result.ToString())
            : Sentence("GIC_ITS." + Name<GicIts.Hardware.Tables>(register.Offset), result.ToString());

    private static string Sentence(string register, string result)
        => result switch
        {
            "Timeout" => register + " did not show in time what was waited for",
            "NotKept" => register + " did not keep what was written",
            "Unsupported" => register + " says that something is missing which the driver needs",
            _ => $"{register}: {result}",
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
