using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Smmu;

/// <summary>What an MMU-500 says it can do.</summary>
public readonly struct SmmuV2Capabilities
{
    private readonly Smmu500.Sidr0 _idr0;
    private readonly Smmu500.Sidr1 _idr1;
    private readonly Smmu500.Sidr2 _idr2;
    private readonly Smmu500.Sidr7 _idr7;

    /// <summary>Takes the identification registers.</summary>
    internal SmmuV2Capabilities(Smmu500.Sidr0 idr0, Smmu500.Sidr1 idr1, Smmu500.Sidr2 idr2, Smmu500.Sidr7 idr7)
    {
        _idr0 = idr0;
        _idr1 = idr1;
        _idr2 = idr2;
        _idr7 = idr7;
    }

    /// <summary>Whether tables are read through the caches.</summary>
    public bool IsCoherent => _idr0.Cttw;

    /// <summary>Bits of a stream id.</summary>
    public int StreamBits => (int)_idr0.Numsidb;

    /// <summary>Stream entries. One that has more than are described is not supported: what firmware left in the others would stay in force.</summary>
    public uint StreamEntries => _idr0.Numsmrg < Smmu.StreamEntries.Capacity ? _idr0.Numsmrg : Smmu.StreamEntries.Capacity;

    /// <summary>Context banks; at most as many as are described.</summary>
    public uint ContextBanks => _idr1.Numcb < ContextBankUses.Capacity ? _idr1.Numcb : ContextBankUses.Capacity;

    /// <summary>Bits of a guest's address, at most 48.</summary>
    public int InputBits => Bits(_idr2.Ias);

    /// <summary>Bits of a machine address, at most 48.</summary>
    public int OutputBits => Bits(_idr2.Oas);

    /// <summary>The largest tag: VMIDs have 8 bits here.</summary>
    public ushort LastTag => byte.MaxValue;

    /// <summary>The major revision of the MMU-500.</summary>
    internal uint Revision => _idr7.Major;

    /// <summary>The identification register that says that something is missing; 0 when nothing is.</summary>
    /// <remarks>Wanted: stage 2, stream matching with as many entries as are described at most, a 4 KiB granule, and register pages where they are described: 16 pages of 4 KiB, then the banks. One that shows all ones was not answered.</remarks>
    internal uint MissingRegister =>
        _idr0.Value == uint.MaxValue || !_idr0.S2ts || !_idr0.Sms || _idr0.Numsmrg is 0 or > Smmu.StreamEntries.Capacity ? Smmu500.Offsets.Sidr0
        : _idr1.Value == uint.MaxValue || _idr1.Pagesize || _idr1.Numpagendxb != 3 || _idr1.Numcb == 0 ? Smmu500.Offsets.Sidr1
        : _idr2.Value == uint.MaxValue || !_idr2.Tfsv8_4kb ? Smmu500.Offsets.Sidr2
        : 0;

    private static int Bits(uint code) => code switch
    {
        0 => 32,
        1 => 36,
        2 => 40,
        3 => 42,
        4 => 44,
        _ => 48,
    };
}
