using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>A view as words: the slots, masks and hooks that the tables are written from.</summary>
internal sealed class ViewLayout
{
    /// <summary>Number of values in an entry of the effects table.</summary>
    public const int EffectsLength = 13;

    /// <summary>Where the bits stand in an entry that reading clears.</summary>
    public const int ReadClears = 7;

    /// <summary>Where the bits stand that reading sets.</summary>
    public const int ReadSets = 8;

    /// <summary>Where the write-once bits stand.</summary>
    public const int WriteOnce = 9;

    /// <summary>How many hooks and how many entries of effects a word's flags can tell apart.</summary>
    public const int MostEntries = 0x3FF;

    /// <summary>Words of memory for each register whose halves wait for each other.</summary>
    public const int HalvesLength = 4;

    private const int WriteOnceSlot = 10;
    private const int GatesStart = 11;
    private const int GateCount = 12;
    private readonly SortedDictionary<uint, WordLayout> _words = [];
    private readonly Dictionary<uint, int> _slots = [];
    private readonly List<LongArray> _longArrays = [];
    private bool _isRegular = true;

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
    public SlotIndex Index { get; private set; } = SlotIndex.Empty;

    /// <summary>The arrays whose elements share their slots, which stand behind all others; after an access such a slot has its reset value again.</summary>
    public IReadOnlyList<LongArray> LongArrays => _longArrays;

    /// <summary>How many words behind the slots remember which write-once bits have been written.</summary>
    public int WriteOnceWords { get; private set; }

    /// <summary>How many words behind these hold halves of 64-bit registers.</summary>
    public int HalvesWords { get; private set; }

    /// <summary>The bits of write-once memory that survive a warm reset.</summary>
    public List<uint> StickyMemory { get; } = [];

    /// <summary>The rows of the effects table that stand behind its entries: what words depend on.</summary>
    public List<uint[]> Gates { get; } = [];

    /// <summary>Whether an access may find a register closed.</summary>
    public bool HasUnseen => Policies.Any(static policy => policy.CanBeUnseen);

    /// <summary>Whether a register's upper half comes first.</summary>
    public bool HasHighFirst => Policies.Any(static policy => policy.HoldsHalves && policy.IsHighFirst);

    /// <summary>The entries of the effects table.</summary>
    public List<uint[]> Effects { get; } = [];

    /// <summary>What is called on accesses.</summary>
    public List<HookShape> Hooks { get; } = [];

    /// <summary>Whether the accesses need the author's hooks.</summary>
    public bool NeedsHooks => Policies.Any(static policy => policy.NeedsHooks);

    /// <summary>What a byte that is not described reads as, in each byte of a word.</summary>
    public uint Absent => View.AbsentOnes ? uint.MaxValue : 0;

    /// <summary>Whether the tables can hold the view.</summary>
    public bool Fits => _isRegular && Hooks.Count <= MostEntries && Effects.Count <= MostEntries && Slots.Length < ushort.MaxValue;

    /// <summary>Size of the view in bytes: no described word lies beyond it, so that who has found a slot need not compare.</summary>
    public uint SizeBytes => _longArrays.Select(static array => array.Start + array.LastByte + 1)
        .Append(_words.Count == 0 ? 0 : _words.Keys.Max() + 4)
        .Append(Block.SizeBytes)
        .Max();

    /// <summary>Number of stored words: never none, as C# has no empty inline array.</summary>
    public int StoredWords => Math.Max(1, Slots.Length + WriteOnceWords + HalvesWords);

    /// <summary>Lays a view out.</summary>
    public static ViewLayout Of(BlockModel block, ViewModel view)
    {
        ViewLayout layout = new(block, view);
        layout.Place();
        layout.Number();
        return layout;
    }

    /// <summary>The slot of a word that the view describes.</summary>
    public int SlotOf(uint offset) => _slots.TryGetValue(offset & ~3u, out int slot) ? slot : -1;

    /// <summary>Where the memory of a register begins whose halves wait for each other; of its first element, for an array.</summary>
    public int MemoryOf(int policy)
        => Slots.Length + WriteOnceWords + (HalvesLength * Policies.Take(policy).Where(static other => other.HoldsHalves).Sum(static other => (int)other.Register.Dimension.Count));

    private void Place()
    {
        for (int index = 0; index < Policies.Length; index++)
        {
            RegisterPolicy policy = Policies[index];
            RegisterModel register = policy.Register;
            if (Registers.Description.LongArrays.IsLong(register))
            {
                PlaceLong(index, policy);
                continue;
            }

            int bytes = register.WidthBits / 8;
            for (uint element = 0; element < register.Dimension.Count; element++)
            {
                uint offset = register.Offset + (element * register.Dimension.StrideBytes);
                for (int done = 0; done < bytes; done += 4)
                {
                    int wordByte = (int)(offset & 3);
                    Add(_words, policy, (offset & ~3u) + (uint)done, new WordPart(index, element, wordByte, done, Math.Min(bytes - done, 4 - wordByte)));
                }
            }
        }
    }

    private void PlaceLong(int index, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        if (!Registers.Description.LongArrays.IsServed(register, policy.Policy))
        {
            _isRegular = false;
            return;
        }

        LongArray? array = _longArrays.Find(known => known.Holds(register));
        if (array is null)
        {
            array = new LongArray(register.Offset & ~3u, register.Dimension);
            _longArrays.Add(array);
        }

        for (uint element = 0; element * register.Dimension.StrideBytes < array.UnitBytes; element++)
        {
            uint offset = register.Offset + (element * register.Dimension.StrideBytes);
            for (int done = 0; done < register.WidthBits / 8; done += 4)
            {
                int wordByte = (int)(offset & 3);
                Add(array.Words, policy, (offset & ~3u) + (uint)done, new WordPart(index, element, wordByte, done, Math.Min((register.WidthBits / 8) - done, 4 - wordByte)));
            }
        }

        // Nothing lasts in a slot that elements share, so that a snapshot brings nothing back.
        foreach (WordLayout word in array.Words.Values)
        {
            word.Fixed = uint.MaxValue;
        }
    }

    private void Add(SortedDictionary<uint, WordLayout> words, RegisterPolicy policy, uint offset, WordPart part)
    {
        if (!words.TryGetValue(offset, out WordLayout? word))
        {
            word = new WordLayout(offset) { Reset = Absent, Readable = uint.MaxValue, Fixed = uint.MaxValue };
            words.Add(offset, word);
        }

        uint bits = part.InWord(policy.AllBits);
        BitMasks masks = policy.Register.Masks;
        word.Parts.Add(part);
        word.DeniedLanes &= ~part.Lanes;
        word.Reset = (word.Reset & ~bits) | part.InWord(policy.Policy.ResetOf(policy.Register, part.Element));
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
            // What was written once in one element says nothing of another.
            Registers.Description.LongArrays.IsLong(policy.Register) ? 0 : masks.WriteOnce & writable,
        ];
        for (int effect = 0; effect < effects.Length; effect++)
        {
            word.Effects[effect] |= part.InWord(effects[effect]);
        }
    }

    private void Number()
    {
        // Where words of one array meet those of another or single ones, no table is right.
        _isRegular &= _longArrays.TrueForAll(array => array.IsWhole && !_words.Keys.Any(array.Meets)
            && _longArrays.TrueForAll(other => other == array || !other.Words.Keys.Any(array.Meets)));
        int shared = _isRegular ? _longArrays.Sum(static array => array.Words.Count) : 0;
        Index = SlotIndex.Choose([.. _words.Keys], _words.Count + shared, _longArrays.Count != 0);
        List<WordLayout> slots = Index.Kind == IndexKind.Dense ? [.. Enumerable.Range(0, Index.Words).Select(WordAt)] : [.. _words.Values];
        foreach (LongArray array in _isRegular ? _longArrays : [])
        {
            array.FirstSlot = slots.Count;
            slots.AddRange(array.Words.Values);
        }

        Slots = [.. slots];
        Dictionary<string, int> shapes = new(StringComparer.Ordinal);
        for (int slot = 0; slot < Slots.Length; slot++)
        {
            WordLayout word = Slots[slot];
            _slots.Add(word.Offset, slot);
            word.Parts.Sort(static (left, right) => left.WordByte.CompareTo(right.WordByte));
            NumberHook(word, shapes);
            NumberMemory(word);
        }

        HalvesWords = HalvesLength * Policies.Where(static policy => policy.HoldsHalves).Sum(static policy => (int)policy.Register.Dimension.Count);
        NumberEffects();
    }

    private void NumberMemory(WordLayout word)
    {
        if (word.Effects[WriteOnce] != 0)
        {
            word.Effects[WriteOnceSlot] = (uint)(Slots.Length + WriteOnceWords);
            StickyMemory.Add(word.Effects[WriteOnce] & word.Sticky);
            WriteOnceWords++;
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

    private void NumberEffects()
    {
        Dictionary<string, int> entries = new(StringComparer.Ordinal);
        GateRows rows = new(Block, _slots);
        int[] memory = [.. Policies.Select((policy, index) => policy.HoldsHalves ? MemoryOf(index) : 0)];
        foreach (WordLayout word in Slots)
        {
            word.Gates.AddRange(word.Parts.SelectMany(part => rows.Of(Policies[part.Policy], part, memory[part.Policy] + (HalvesLength * (int)part.Element))));
            if (word.Gates.Count != 0 || word.Effects.Any(static mask => mask != 0))
            {
                word.EffectsEntry = NumberEffects(word, entries);
            }
        }

        foreach (uint[] entry in Effects.Where(static entry => entry[GateCount] != 0))
        {
            entry[GatesStart] += (uint)(Effects.Count * EffectsLength);
        }
    }

    private int NumberEffects(WordLayout word, Dictionary<string, int> entries)
    {
        string key = string.Join(";", word.Gates.Prepend(word.Effects).SelectMany(static row => row).Select(static value => value.ToString(CultureInfo.InvariantCulture)));
        if (!entries.TryGetValue(key, out int entry))
        {
            entry = entries.Count + 1;
            entries.Add(key, entry);
            word.Effects[GatesStart] = word.Gates.Count == 0 ? 0 : (uint)Gates.Sum(static row => row.Length);
            word.Effects[GateCount] = (uint)word.Gates.Count;
            Gates.AddRange(word.Gates);
            Effects.Add(word.Effects);
        }

        return entry;
    }
}
