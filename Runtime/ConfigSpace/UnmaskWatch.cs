using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Sees whether a guest's write to a table entry touched its mask bit.</summary>
internal struct UnmaskWatch : MsixEntry.IGuestHooks
{
    /// <summary>Whether the mask bit went from one to zero.</summary>
    public bool Unmasked { get; private set; }

    /// <summary>Whether the mask bit changed.</summary>
    public bool Changed { get; private set; }

    /// <inheritdoc/>
    public void WriteVectorCtrl(ref MsixEntry.Guest view, MsixEntry.VectorCtrl old, MsixEntry.VectorCtrl value, Lanes lanes)
    {
        Changed = old.Maskbit != value.Maskbit;
        Unmasked = old.Maskbit && !value.Maskbit;
    }
}
