namespace Sluice.Runtime.Memory;

/// <summary>The shape of a table with a 4 KiB granule: how many address bits it takes and gives, at which level it starts, how wide its root is.</summary>
public readonly struct PageTableGeometry
{
    private PageTableGeometry(int inputBits, int outputBits, int startLevel, uint rootPages, int blockLevel)
    {
        InputBits = inputBits;
        OutputBits = outputBits;
        StartLevel = startLevel;
        RootPages = rootPages;
        BlockLevel = blockLevel;
    }

    /// <summary>Bits of an input address: 25 to 48.</summary>
    public int InputBits { get; }

    /// <summary>Bits of an output address: 32 to 48.</summary>
    public int OutputBits { get; }

    /// <summary>The level of the root: 0 to 2.</summary>
    public int StartLevel { get; }

    /// <summary>Pages of the root, side by side and aligned to their size: more than one for a concatenated stage-2 root.</summary>
    public uint RootPages { get; }

    /// <summary>The first level at which a leaf may stand: 1 (1 GiB), 2 (2 MiB) or 3 (4 KiB only).</summary>
    public int BlockLevel { get; }

    /// <summary>The T0SZ of this table: 64 less the input bits.</summary>
    public uint SizeOffset => (uint)(64 - InputBits);

    /// <summary>The SL0 code of a stage-2 table with a 4 KiB granule (Arm ARM, VTCR_EL2.SL0).</summary>
    public uint StartLevelCode => (uint)(2 - StartLevel);

    /// <summary>The code of the output size as PS, IPS and S2PS have it.</summary>
    public uint OutputSizeCode => OutputBits switch
    {
        >= 48 => 5,
        >= 44 => 4,
        >= 42 => 3,
        >= 40 => 2,
        >= 36 => 1,
        _ => 0,
    };

    /// <summary>The table with the fewest levels for so many bits.</summary>
    /// <param name="inputBits">25 to 48.</param>
    /// <param name="outputBits">32 to 48; an output beyond it is refused.</param>
    /// <param name="largestLeaf">The largest leaf that may be used.</param>
    /// <param name="geometry">The shape.</param>
    /// <typeparam name="TFormat">The stage: it says how far the root may be concatenated.</typeparam>
    /// <returns>False when the bits are out of bounds.</returns>
    public static bool TryCreate<TFormat>(int inputBits, int outputBits, LeafSize largestLeaf, out PageTableGeometry geometry)
        where TFormat : struct, IDescriptorFormat
    {
        geometry = default;
        if (inputBits is < 25 or > 48 || outputBits is < 32 or > 48)
        {
            return false;
        }

        for (int level = 2; level >= 0; level--)
        {
            int rootBits = inputBits - LevelShift(level);
            uint rootPages = rootBits <= 9 ? 1 : 1u << (rootBits - 9);
            if (rootPages <= (uint)TFormat.MaximumRootPages)
            {
                geometry = new PageTableGeometry(inputBits, outputBits, level, rootPages, (int)largestLeaf);
                return true;
            }
        }

        return false;
    }

    /// <summary>log2 of what an entry of a level covers, in bytes.</summary>
    internal static int LevelShift(int level) => 39 - (9 * level);
}
