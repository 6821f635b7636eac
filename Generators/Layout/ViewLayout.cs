using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>A view as words: the slots, masks and hooks that the tables are written from.</summary>
internal sealed class ViewLayout
{
    /// <summary>Number of masks in an entry of the effects table.</summary>
    public const int EffectsLength = 11;

    /// <summary>Where the bits stand in an entry that reading clears.</summary>
    public const int ReadClears = 7;

    /// <summary>Where the bits stand that reading sets.</summary>
    public const int ReadSets = 8;

    /// <summary>Where the write-once bits stand.</summary>
    public const int WriteOnce = 9;

    /// <summary>How many hooks and how many entries of effects a word's flags can tell apart.</summary>
    public const int MostEntries = 0x3FF;

    private const int WriteOnceSlot = 10;
    private readonly SortedDictionary<uint, WordLayout> _words = [];

    private ViewLayout(BlockModel block, ViewModel view)
    {
        Block = block;
        View = view;
        Policies = [.. view.Policies.Where(static policy => policy.Kind != PolicyKind.Denied)
            .Select(policy => new RegisterPolicy(block.Registers[policy.Register], policy))];
    }

    /// <summary>The block.</summary>
    public BlockModel Block { get; }

    /// <summary>The view.</summary>
    public ViewModel View { get; }

    /// <summary>The registers that the view describes.</summary>
    public RegisterPolicy[] Policies { get; }

    /// <summary>The words, one a slot.</summary>
    public WordLayout[] Slots { get; private set; } = [];

    /// <summary>How a word's slot is found.</summary>
    public SlotIndex Index { get; private set; } = SlotIndex.Dense;

    /// <summary>How many words behind the slots remember which write-once bits have been written.</summary>
    public int WriteOnceWords { get; private set; }

    /// <summary>The entries of the effects table.</summary>
    public List<uint[]> Effects { get; } = [];

    /// <summary>What is called on accesses.</summary>
    public List<HookShape> Hooks { get; } = [];

    /// <summary>Whether the accesses need the author's hooks.</summary>
    public bool NeedsHooks => Policies.Any(static policy => policy.NeedsHooks);

    /// <summary>What a byte that is not described reads as, in each byte of a word.</summary>
    public uint Absent => View.AbsentOnes ? uint.MaxValue : 0;

    /// <summary>Whether the tables can hold the view.</summary>
    public bool Fits => Hooks.Count <= MostEntries && Effects.Count <= MostEntries && Slots.Length < ushort.MaxValue;

    /// <summary>Size of the view in bytes: no described word lies beyond it, so that who has found a slot need not compare.</summary>
    public uint SizeBytes => Math.Max(Block.SizeBytes, Slots.Length == 0 ? 0 : Slots[Slots.Length - 1].Offset + 4);

    /// <summary>Number of stored words: never none, as C# has no empty inline array.</summary>
    public int StoredWords => Math.Max(1, Slots.Length + WriteOnceWords);

    /// <summary>Lays a view out.</summary>
    public static ViewLayout Of(BlockModel block, ViewModel view)
    {
        ViewLayout layout = new(block, view);
        layout.Place();
        layout.Number();
        return layout;
    }

    /// <summary>The slot of a word that the view describes.</summary>
    public int SlotOf(uint offset)
    {
        int low = 0;
        for (int high = Slots.Length - 1; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = Slots[middle].Offset < (offset & ~3u) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Place()
    {
        for (int index = 0; index < Policies.Length; index++)
        {
            RegisterPolicy policy = Policies[index];
            RegisterModel register = policy.Register;
            int bytes = register.WidthBits / 8;
            for (uint element = 0; element < register.Dimension.Count; element++)
            {
                uint offset = register.Offset + (element * register.Dimension.StrideBytes);
                for (int done = 0; done < bytes; done += 4)
                {
                    int wordByte = (int)(offset & 3);
                    Add(policy, (offset & ~3u) + (uint)done, new WordPart(index, element, wordByte, done, Math.Min(bytes - done, 4 - wordByte)));
                }
            }
        }
    }

    private void Add(RegisterPolicy policy, uint offset, WordPart part)
    {
        if (!_words.TryGetValue(offset, out WordLayout? word))
        {
            word = new WordLayout(offset) { Reset = Absent, Readable = uint.MaxValue, Fixed = uint.MaxValue };
            _words.Add(offset, word);
        }

        uint bits = part.InWord(policy.AllBits);
        BitMasks masks = policy.Register.Masks;
        word.Parts.Add(part);
        word.DeniedLanes &= ~part.Lanes;
        word.Reset = (word.Reset & ~bits) | part.InWord(policy.Policy.ResetValue);
        word.Readable = (word.Readable & ~bits) | part.InWord(policy.Readable);
        word.Fixed = (word.Fixed & ~bits) | (policy.IsConstant ? bits : 0);
        word.Writable |= part.InWord(policy.Store);
        word.HookReads |= policy.SeesReads;
        word.HookWrites |= policy.SeesWrites;
        if (policy.IsConstant)
        {
            return;
        }

        word.Sticky |= part.InWord(masks.Sticky);
        if (policy.IsPassthrough)
        {
            return;
        }

        ulong writable = policy.Policy.Writable;
        word.OneToClear |= part.InWord(masks.OneToClear & writable);
        ulong[] effects =
        [
            masks.OneToSet & writable,
            masks.OneToToggle & writable,
            masks.ZeroToClear & writable,
            masks.ZeroToSet & writable,
            masks.ZeroToToggle & writable,
            masks.AnyClears & writable,
            masks.AnySets & writable,
            masks.ReadClears & policy.Policy.Visible,
            masks.ReadSets & policy.Policy.Visible,
            masks.WriteOnce & writable,
        ];
        for (int effect = 0; effect < effects.Length; effect++)
        {
            word.Effects[effect] |= part.InWord(effects[effect]);
        }
    }

    private void Number()
    {
        Index = SlotIndex.Choose([.. _words.Keys]);
        Slots = Index.IsDense ? [.. Enumerable.Range(0, Index.Words).Select(WordAt)] : [.. _words.Values];
        Dictionary<string, int> shapes = new(StringComparer.Ordinal);
        Dictionary<string, int> entries = new(StringComparer.Ordinal);
        foreach (WordLayout word in Slots)
        {
            word.Parts.Sort(static (left, right) => left.WordByte.CompareTo(right.WordByte));
            NumberHook(word, shapes);
            NumberEffects(word, entries);
        }
    }

    private WordLayout WordAt(int index)
        => _words.TryGetValue((uint)index * 4, out WordLayout? word)
            ? word
            : new WordLayout((uint)index * 4) { Reset = Absent, Readable = uint.MaxValue, Fixed = uint.MaxValue };

    private void NumberHook(WordLayout word, Dictionary<string, int> shapes)
    {
        WordPart[] parts = [.. word.Parts.Where(part => Policies[part.Policy].SeesReads || Policies[part.Policy].SeesWrites)];
        if (parts.Length == 0)
        {
            return;
        }

        string key = string.Join(";", parts.Select(static part => FormattableString.Invariant($"{part.Policy}:{part.WordByte}:{part.RegisterByte}")));
        if (!shapes.TryGetValue(key, out int hook))
        {
            hook = shapes.Count + 1;
            shapes.Add(key, hook);
            Hooks.Add(new HookShape(hook, parts));
        }

        word.Hook = hook;
    }

    private void NumberEffects(WordLayout word, Dictionary<string, int> entries)
    {
        if (word.Effects.All(static mask => mask == 0))
        {
            return;
        }

        if (word.Effects[WriteOnce] != 0)
        {
            word.Effects[WriteOnceSlot] = (uint)(Slots.Length + WriteOnceWords);
            WriteOnceWords++;
        }

        string key = string.Join(";", word.Effects.Select(static mask => FormattableString.Invariant($"{mask}")));
        if (!entries.TryGetValue(key, out int entry))
        {
            entry = entries.Count + 1;
            entries.Add(key, entry);
            Effects.Add(word.Effects);
        }

        word.EffectsEntry = entry;
    }
}
