namespace Sluice.Passthrough.Tests.Machines;

/// <summary>Which machine.</summary>
public enum MachineKind
{
    /// <summary>Generic ECAM, GICv2m, SMMUv3.</summary>
    EcamV2m,

    /// <summary>Generic ECAM, GICv3 ITS, SMMUv3.</summary>
    EcamIts,

    /// <summary>NWL bridge with its message FIFO, MMU-500.</summary>
    NwlFifo,

    /// <summary>NWL bridge with decoded messages, MMU-500.</summary>
    NwlDecoded,

    /// <summary>Soft AXI-PCIe bridge with its FIFO, MMU-500.</summary>
    AxiFifo,
}
