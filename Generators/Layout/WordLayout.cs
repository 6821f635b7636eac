using System.Collections.Generic;
using System.Linq;

namespace Sluice.Generators.Layout;

/// <summary>One 32-bit word of a view: its masks, and the registers in it.</summary>
internal sealed class WordLayout(uint offset)
{
    /// <summary>Byte offset in the block.</summary>
    public uint Offset { get; } = offset;

    /// <summary>The registers in the word, by lane.</summary>
    public List<WordPart> Parts { get; } = [];

    /// <summary>Bits that a read shows.</summary>
    public uint Readable { get; set; }

    /// <summary>Bits that take what is written.</summary>
    public uint Writable { get; set; }

    /// <summary>W1C bits.</summary>
    public uint OneToClear { get; set; }

    /// <summary>Value after reset.</summary>
    public uint Reset { get; set; }

    /// <summary>Bits that survive a warm reset.</summary>
    public uint Sticky { get; set; }

    /// <summary>Bits that nothing changes.</summary>
    public uint Fixed { get; set; }

    /// <summary>The masks of <c>Sluice.Registers.WriteEffects</c>, in its order.</summary>
    public uint[] Effects { get; } = new uint[ViewLayout.EffectsLength];

    /// <summary>What the word's accesses depend on, as rows of <c>Sluice.Registers.WordGates</c>.</summary>
    public List<uint[]> Gates { get; } = [];

    /// <summary>Lanes that no register of the view covers.</summary>
    public uint DeniedLanes { get; set; } = 0xF;

    /// <summary>The hook, counted from 1; 0 when the word has none.</summary>
    public int Hook { get; set; }

    /// <summary>The entry in the effects table, counted from 1; 0 when the word has none.</summary>
    public int EffectsEntry { get; set; }

    /// <summary>Whether the hook is asked on a read.</summary>
    public bool HookReads { get; set; }

    /// <summary>Whether the hook is told of a write.</summary>
    public bool HookWrites { get; set; }

    /// <summary>The word's flags, as <c>Sluice.Registers.WordFlags</c> lays them out.</summary>
    public uint Flags
        => (uint)Hook | ((uint)EffectsEntry << 10) | (DeniedLanes << 20) | (DeniedLanes << 24)
            | (HookReads ? 1u << 28 : 0) | (HookWrites ? 1u << 29 : 0)
            | (HookReads || DeniedLanes != 0 || HasReadEffects ? 1u << 30 : 0)
            | (HookWrites || DeniedLanes != 0 || HasWriteEffects ? 1u << 31 : 0);

    private bool HasReadEffects => (Effects[ViewLayout.ReadClears] | Effects[ViewLayout.ReadSets]) != 0 || Gates.Any(GateRows.ActsOnReads);

    private bool HasWriteEffects => Effects.Take(ViewLayout.ReadClears).Any(static mask => mask != 0) || Effects[ViewLayout.WriteOnce] != 0 || Gates.Count != 0;
}
