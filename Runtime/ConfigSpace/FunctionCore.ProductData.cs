using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Vital product data, which the guest may read: a word at a time, each access at most one of the hardware's.</summary>
internal partial struct FunctionCore<TBridge, TGuest, TEntries> : VpdCapability.IGuestHooks, AerCapability.IGuestHooks
{
    private const uint WordAddress = 0x7FFC;

    /// <inheritdoc/>
    public void WriteVpdAddr(ref VpdCapability.Guest view, VpdCapability.VpdAddr old, VpdCapability.VpdAddr value, Lanes lanes)
    {
        _readsProductData = !value.Flag;
        view.VpdAddr = value with { Flag = false };
        if (_readsProductData)
        {
            WriteHardware(VpdCapability.Offsets.VpdAddr, AccessWidth.HalfWord, value.Address & WordAddress);
        }
    }

    /// <summary>A read is over when the hardware says so. A write is over at once: nothing was written.</summary>
    public readonly VpdCapability.VpdAddr ReadVpdAddr(ref VpdCapability.Guest view, VpdCapability.VpdAddr stored, Lanes lanes)
    {
        bool done = _readsProductData && new VpdCapability.VpdAddr((ushort)ReadHardware(VpdCapability.Offsets.VpdAddr, AccessWidth.HalfWord)).Flag;
        return stored with { Flag = done };
    }

    /// <inheritdoc/>
    public readonly VpdCapability.VpdData ReadVpdData(ref VpdCapability.Guest view, VpdCapability.VpdData stored, Lanes lanes)
        => new((uint)ReadHardware(VpdCapability.Offsets.VpdData, AccessWidth.Word));
}
