using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Sluice.Runtime.Traps;

/// <summary>
/// A guest's load or store that stage 2 refused, decoded from ESR_EL2, FAR_EL2 and HPFAR_EL2. Source: Arm Architecture Reference
/// Manual (DDI 0487), ISS encoding for an exception from a Data Abort, and HPFAR_EL2.
/// </summary>
public readonly struct DataAbort
{
    private const int InstructionLengthShift = 25;
    private const ulong SyndromeValid = 1ul << 24;
    private const ulong SignExtended = 1ul << 21;
    private const ulong DoubleWordRegister = 1ul << 15;
    private const ulong FarNotValid = 1ul << 10;
    private const ulong TableWalk = 1ul << 7;
    private const ulong WriteNotRead = 1ul << 6;

    // The fault status code without its two bits of level.
    private const ulong FaultStatusMask = 0x3C;
    private const ulong TranslationFault = 0x04;

    private readonly ulong _syndrome;

    /// <summary>Decodes the registers of the exception.</summary>
    /// <param name="syndrome">ESR_EL2; its class is not looked at again.</param>
    /// <param name="faultAddress">FAR_EL2: the guest's virtual address.</param>
    /// <param name="intermediateAddress">HPFAR_EL2: the page of the guest physical address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DataAbort(ulong syndrome, [GuestControlled] ulong faultAddress, [GuestControlled] ulong intermediateAddress)
    {
        _syndrome = syndrome;
        Address = new GuestAddress(((intermediateAddress & 0xFFF_FFFF_FFF0) << 8) | (faultAddress & 0xFFF));
    }

    /// <summary>The guest physical address of the first byte.</summary>
    public GuestAddress Address { get; }

    /// <summary>
    /// Whether the access can be carried out for the guest: the syndrome describes it (no pair, no exclusive, no SIMD, no cache
    /// maintenance), the address is that of a translation fault, and it was not the guest's own table walk.
    /// </summary>
    public bool IsEmulable
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_syndrome & (SyndromeValid | FarNotValid | TableWalk | FaultStatusMask)) == (SyndromeValid | TranslationFault);
    }

    /// <summary>Whether the access is a store.</summary>
    public bool IsWrite
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_syndrome & WriteNotRead) != 0;
    }

    /// <summary>How wide the access is.</summary>
    public AccessWidth Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (AccessWidth)(1u << (int)((_syndrome >> 22) & 3));
    }

    /// <summary>The general register that is stored or loaded, 0 to 31; 31 is the zero register.</summary>
    public uint Register
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)(_syndrome >> 16) & 0x1F;
    }

    /// <summary>How many bytes the instruction has: 4, or 2 for a 16-bit one of AArch32.</summary>
    public uint InstructionBytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 + ((uint)(_syndrome >> (InstructionLengthShift - 1)) & 2);
    }

    /// <summary>What a load puts into the register: extended as the instruction says.</summary>
    /// <param name="value">The value read, right-aligned, upper bits zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Extend(ulong value)
    {
        return (_syndrome & SignExtended) == 0 ? value : ExtendSign(value);
    }

    private ulong ExtendSign(ulong value)
    {
        int shift = 64 - (8 << (int)((_syndrome >> 22) & 3));
        ulong extended = (ulong)((long)(value << shift) >> shift);
        return (_syndrome & DoubleWordRegister) != 0 ? extended : (uint)extended;
    }
}
