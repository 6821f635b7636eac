using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Smmu;

/// <summary>The context banks of an SMMUv2 as the driver knows them.</summary>
[InlineArray(Capacity)]
internal struct ContextBankUses
{
    /// <summary>The most banks that an MMU-500's description has.</summary>
    internal const int Capacity = 16;

    private ContextBankUse _bank;

    /// <summary>Finds a bank that is free.</summary>
    /// <returns>Its number; -1 when there is none.</returns>
    internal readonly int FindFree(uint count)
    {
        for (int bank = 0; bank < (int)count; bank++)
        {
            if (!this[bank].IsTaken)
            {
                return bank;
            }
        }

        return -1;
    }

    /// <summary>Whether a bank uses a tag.</summary>
    internal readonly bool HasTag(byte tag, uint count)
    {
        for (int bank = 0; bank < (int)count; bank++)
        {
            if (this[bank].IsTaken && this[bank].Tag == tag)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many banks are in use.</summary>
    internal readonly uint Taken(uint count)
    {
        uint taken = 0;
        for (int bank = 0; bank < (int)count; bank++)
        {
            taken += this[bank].IsTaken ? 1u : 0;
        }

        return taken;
    }
}
