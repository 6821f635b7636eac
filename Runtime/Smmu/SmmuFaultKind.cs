namespace Sluice.Runtime.Smmu;

/// <summary>
/// What an SMMU reports of a transaction that it stopped; the values are the event numbers of SMMUv3. What an SMMUv2 reports under another name is the same reason
/// here: an unidentified stream (USF) is <see cref="BadStream"/>, an invalid context (ICF) <see cref="BadStreamEntry"/>, a match conflict (SMCF)
/// <see cref="ConfigurationConflict"/>, an external abort (EF) <see cref="WalkAbort"/>.
/// </summary>
/// <remarks>Source: Arm IHI 0070, section 7.3; Arm IHI 0062, sections 10.6.13 and 16.5.6.</remarks>
public enum SmmuFaultKind : byte
{
    /// <summary>F_UUT: a transaction that it cannot handle.</summary>
    UnsupportedTransaction = 0x01,

    /// <summary>C_BAD_STREAMID: no such stream.</summary>
    BadStream = 0x02,

    /// <summary>F_STE_FETCH: the stream's entry cannot be read.</summary>
    StreamEntryFetch = 0x03,

    /// <summary>C_BAD_STE: the stream's entry is not valid.</summary>
    BadStreamEntry = 0x04,

    /// <summary>F_STREAM_DISABLED: the stream is switched off.</summary>
    StreamDisabled = 0x06,

    /// <summary>F_TRANSL_FORBIDDEN: an address that claims to be translated.</summary>
    TranslatedForbidden = 0x07,

    /// <summary>C_BAD_SUBSTREAMID: no such substream.</summary>
    BadSubstream = 0x08,

    /// <summary>F_CD_FETCH: the context descriptor cannot be read.</summary>
    ContextFetch = 0x09,

    /// <summary>C_BAD_CD: the context descriptor is not valid.</summary>
    BadContext = 0x0A,

    /// <summary>F_WALK_EABT: a table cannot be read.</summary>
    WalkAbort = 0x0B,

    /// <summary>F_TRANSLATION: nothing is mapped there.</summary>
    Translation = 0x10,

    /// <summary>F_ADDR_SIZE: an address out of range.</summary>
    AddressSize = 0x11,

    /// <summary>F_ACCESS: the access flag is clear.</summary>
    AccessFlag = 0x12,

    /// <summary>F_PERMISSION: not allowed.</summary>
    Permission = 0x13,

    /// <summary>F_TLB_CONFLICT: two translations of one address.</summary>
    TlbConflict = 0x20,

    /// <summary>F_CFG_CONFLICT: two configurations of one stream.</summary>
    ConfigurationConflict = 0x21,

    /// <summary>Of an SMMUv2 only (UCBF, UCIF, CAF): not a device's transaction, but an access to a register that is not there or not allowed.</summary>
    RegisterAccess = 0xF0,
}
