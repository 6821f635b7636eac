using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Memory;

/// <summary>
/// A translation table with a 4 KiB granule that walkers may use while it changes: every descriptor is written whole, a valid one is replaced by break before
/// make, tables are visible before they are linked, and go back to the pool only after nobody can hold them any more. All its state is in the machine's memory.
/// One caller changes a table at a time.
/// </summary>
/// <typeparam name="TFormat">Stage 1 or stage 2.</typeparam>
/// <typeparam name="TMemory">The memory that the table is in.</typeparam>
/// <remarks>
/// While a block is split, accesses to it fault for the moment between break and make; a walker with accesses in flight must be able to take that, or the
/// table must be made with small leaves. Source: Arm ARM, D8.16.1, using break-before-make when updating translation table entries.
/// </remarks>
public readonly struct PageTable<TFormat, TMemory>
    where TFormat : struct, IDescriptorFormat
    where TMemory : struct, IMachineMemory
{
    private const ulong PageBytes = PagePool<TMemory>.PageBytes;
    private const uint TableEntries = 512;

    private readonly TMemory _memory;

    private PageTable(TMemory memory, PageTableGeometry geometry, MachineAddress root)
    {
        _memory = memory;
        Geometry = geometry;
        Root = root;
    }

    /// <summary>The table's shape.</summary>
    public PageTableGeometry Geometry { get; }

    /// <summary>What a walker is given: the machine address of the root.</summary>
    public MachineAddress Root { get; }

    /// <summary>Makes an empty table.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="geometry">Its shape.</param>
    /// <param name="pool">Where its pages come from.</param>
    /// <param name="table">The table.</param>
    /// <returns>False when the pool has no room for the root.</returns>
    public static bool TryCreate(TMemory memory, PageTableGeometry geometry, ref PagePool<TMemory> pool, out PageTable<TFormat, TMemory> table)
    {
        bool found = pool.TryAllocate(geometry.RootPages, out MachineAddress root);
        table = found ? new PageTable<TFormat, TMemory>(memory, geometry, root) : default;
        return found;
    }

    /// <summary>Maps a range. When that fails on the way, what was mapped of it is unmapped again before this returns.</summary>
    /// <param name="pool">Where tables come from.</param>
    /// <param name="invalidator">Everyone who may walk this table.</param>
    /// <param name="input">First input address: for a stage-2 table, the guest's.</param>
    /// <param name="output">The machine address that it leads to.</param>
    /// <param name="length">Bytes, a multiple of 4 KiB.</param>
    /// <param name="attributes">What may be done there.</param>
    public MappingResult Map<TInvalidator>(
        ref PagePool<TMemory> pool,
        ref TInvalidator invalidator,
        ulong input,
        MachineAddress output,
        ulong length,
        PageAttributes attributes)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult range = CheckRange(input, length);
        if (range != MappingResult.Done)
        {
            return range;
        }

        if (!output.IsAligned(PageBytes))
        {
            return MappingResult.Misaligned;
        }

        ulong outputEnd = 1UL << Geometry.OutputBits;
        if (output.Value >= outputEnd || length > outputEnd - output.Value)
        {
            return MappingResult.OutOfRange;
        }

        if (!TFormat.TryEncode(attributes, out ulong bits))
        {
            return MappingResult.Unsupported;
        }

        if (!IsUniform(Root, Geometry.StartLevel, input, input + length, mapped: false))
        {
            return MappingResult.Overlap;
        }

        bool filled = Fill(ref pool, Root, Geometry.StartLevel, input, input + length, output.Value - input, bits);
        _memory.Barrier();
        if (filled)
        {
            return MappingResult.Done;
        }

        MappingResult undone = Clear(ref pool, ref invalidator, input, input + length);
        return undone == MappingResult.Done ? MappingResult.OutOfTables : undone;
    }

    /// <summary>
    /// Unmaps a range, all of which must be mapped. Blocks that it cuts are split first; tables that become empty go back to the pool once no walker can hold
    /// them.
    /// </summary>
    /// <param name="pool">Where tables come from and go to.</param>
    /// <param name="invalidator">Everyone who may walk this table.</param>
    /// <param name="input">First input address.</param>
    /// <param name="length">Bytes, a multiple of 4 KiB.</param>
    public MappingResult Unmap<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong input, ulong length)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult ready = Cut(ref pool, ref invalidator, input, length);
        return ready == MappingResult.Done ? Clear(ref pool, ref invalidator, input, input + length) : ready;
    }

    /// <summary>
    /// Changes what may be done with a range, all of which must be mapped. Its memory type stays: to change that, unmap and map again.
    /// </summary>
    /// <param name="pool">Where tables come from.</param>
    /// <param name="invalidator">Everyone who may walk this table.</param>
    /// <param name="input">First input address.</param>
    /// <param name="length">Bytes, a multiple of 4 KiB.</param>
    /// <param name="access">What may be done from now on.</param>
    public MappingResult Protect<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong input, ulong length, PageAccess access)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        if (!TFormat.TryEncode(new PageAttributes(access, MemoryType.Normal), out _))
        {
            return MappingResult.Unsupported;
        }

        MappingResult ready = Cut(ref pool, ref invalidator, input, length);
        if (ready != MappingResult.Done)
        {
            return ready;
        }

        ChangedLeaves changed = new(leafOnly: true);
        SetAccess(ref invalidator, ref changed, Root, Geometry.StartLevel, input, input + length, access);
        changed.Flush(in _memory, ref invalidator);
        return invalidator.Complete() ? MappingResult.Done : MappingResult.InvalidationIncomplete;
    }

    /// <summary>What a walker makes of an input address.</summary>
    /// <returns>False when it faults.</returns>
    public bool TryTranslate(ulong input, out Translation translation)
    {
        translation = default;
        if (input >> Geometry.InputBits != 0)
        {
            return false;
        }

        MachineAddress table = Root;
        for (int level = Geometry.StartLevel; ; level++)
        {
            ulong descriptor = _memory.Read64(Entry(table, level, input));
            if (!TableDescriptor.IsValid(descriptor))
            {
                return false;
            }

            if (!TableDescriptor.IsTable(descriptor, level))
            {
                MachineAddress output = TableDescriptor.Output(descriptor) + (input & (Span(level) - 1));
                translation = new Translation(output, TFormat.Decode(descriptor), level);
                return true;
            }

            table = TableDescriptor.Output(descriptor);
        }
    }

    /// <summary>Returns every page of the table to the pool. No walker may use it any more, and the table must not be used again.</summary>
    /// <returns>False when a page was not the pool's.</returns>
    public bool TryDestroy(ref PagePool<TMemory> pool)
    {
        bool owned = true;
        for (ulong page = 0; page < Geometry.RootPages; page++)
        {
            owned &= TryFreeChildren(ref pool, Root + (page * PageBytes), Geometry.StartLevel);
        }

        return pool.TryFree(Root, Geometry.RootPages) && owned;
    }

    private static ulong Span(int level) => 1UL << PageTableGeometry.LevelShift(level);

    private static ulong Min(ulong left, ulong right) => left < right ? left : right;

    /// <summary>Where the entry of an input address stands. A concatenated root is one long table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MachineAddress Entry(MachineAddress table, int level, ulong input)
    {
        ulong index = input >> PageTableGeometry.LevelShift(level);
        return table + ((level == Geometry.StartLevel ? index : index & (TableEntries - 1)) * sizeof(ulong));
    }

    private void Put(MachineAddress entry, ulong descriptor)
    {
        _memory.Write64(entry, descriptor);
        _memory.Clean(entry, sizeof(ulong));
    }

    private MappingResult CheckRange(ulong input, ulong length)
    {
        if (((input | length) & (PageBytes - 1)) != 0 || length == 0)
        {
            return MappingResult.Misaligned;
        }

        ulong end = 1UL << Geometry.InputBits;
        return input < end && length <= end - input ? MappingResult.Done : MappingResult.OutOfRange;
    }

    private bool IsUniform(MachineAddress table, int level, ulong start, ulong end, bool mapped)
    {
        while (start < end)
        {
            ulong next = Min(end, (start & ~(Span(level) - 1)) + Span(level));
            ulong descriptor = _memory.Read64(Entry(table, level, start));
            bool uniform = TableDescriptor.IsTable(descriptor, level)
                ? IsUniform(TableDescriptor.Output(descriptor), level + 1, start, next, mapped)
                : TableDescriptor.IsValid(descriptor) == mapped;
            if (!uniform)
            {
                return false;
            }

            start = next;
        }

        return true;
    }

    /// <summary>Maps a range that nothing is mapped in. On failure a part of it is.</summary>
    private bool Fill(ref PagePool<TMemory> pool, MachineAddress table, int level, ulong start, ulong end, ulong offset, ulong attributes)
    {
        while (start < end)
        {
            ulong span = Span(level);
            ulong next = Min(end, (start & ~(span - 1)) + span);
            MachineAddress entry = Entry(table, level, start);
            ulong descriptor = _memory.Read64(entry);
            ulong output = start + offset;
            if (!TableDescriptor.IsValid(descriptor) && level >= Geometry.BlockLevel && next - start == span && (output & (span - 1)) == 0)
            {
                Put(entry, TableDescriptor.Leaf(new MachineAddress(output), attributes, level));
            }
            else
            {
                MachineAddress child = TableDescriptor.Output(descriptor);
                if (!TableDescriptor.IsValid(descriptor))
                {
                    if (!pool.TryAllocate(1, out child))
                    {
                        return false;
                    }

                    Put(entry, TableDescriptor.Table(child));
                }

                if (!Fill(ref pool, child, level + 1, start, next, offset, attributes))
                {
                    return false;
                }
            }

            start = next;
        }

        return true;
    }

    /// <summary>Sees that a range is mapped and that no block crosses its ends.</summary>
    private MappingResult Cut<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong input, ulong length)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult range = CheckRange(input, length);
        if (range != MappingResult.Done)
        {
            return range;
        }

        if (!IsUniform(Root, Geometry.StartLevel, input, input + length, mapped: true))
        {
            return MappingResult.NotMapped;
        }

        MappingResult first = Split(ref pool, ref invalidator, input);
        return first == MappingResult.Done ? Split(ref pool, ref invalidator, input + length) : first;
    }

    /// <summary>Makes a leaf begin at an address, if any covers it: splits blocks, level by level, by break before make.</summary>
    private MappingResult Split<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong boundary)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        if (boundary >> Geometry.InputBits != 0)
        {
            return MappingResult.Done;
        }

        MachineAddress table = Root;
        for (int level = Geometry.StartLevel; (boundary & (Span(level) - 1)) != 0; level++)
        {
            MachineAddress entry = Entry(table, level, boundary);
            ulong descriptor = _memory.Read64(entry);
            if (!TableDescriptor.IsValid(descriptor))
            {
                return MappingResult.Done;
            }

            if (!TableDescriptor.IsTable(descriptor, level))
            {
                MappingResult split = Replace(ref pool, ref invalidator, entry, descriptor, level, boundary & ~(Span(level) - 1));
                if (split != MappingResult.Done)
                {
                    return split;
                }

                descriptor = _memory.Read64(entry);
            }

            table = TableDescriptor.Output(descriptor);
        }

        return MappingResult.Done;
    }

    /// <summary>Replaces a block by a table of the next level that says the same.</summary>
    private MappingResult Replace<TInvalidator>(
        ref PagePool<TMemory> pool,
        ref TInvalidator invalidator,
        MachineAddress entry,
        ulong block,
        int level,
        ulong input)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        if (!pool.TryAllocate(1, out MachineAddress child))
        {
            return MappingResult.OutOfTables;
        }

        for (uint index = 0; index < TableEntries; index++)
        {
            MachineAddress output = TableDescriptor.Output(block) + (index * Span(level + 1));
            _memory.Write64(child + (index * sizeof(ulong)), TableDescriptor.Leaf(output, TableDescriptor.Attributes(block), level + 1));
        }

        _memory.Clean(child, PageBytes);
        Put(entry, 0);
        _memory.Barrier();
        invalidator.Invalidate(new InvalidationRange(input, Span(level), level, leafOnly: true));
        if (!invalidator.Complete())
        {
            // The block goes back: then whatever may still be cached is what the table says.
            Put(entry, block);
            _memory.Barrier();
            _ = pool.TryFree(child, 1);
            return MappingResult.InvalidationIncomplete;
        }

        Put(entry, TableDescriptor.Table(child));
        _memory.Barrier();
        return MappingResult.Done;
    }

    private void SetAccess<TInvalidator>(
        ref TInvalidator invalidator,
        ref ChangedLeaves changed,
        MachineAddress table,
        int level,
        ulong start,
        ulong end,
        PageAccess access)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        while (start < end)
        {
            ulong next = Min(end, (start & ~(Span(level) - 1)) + Span(level));
            MachineAddress entry = Entry(table, level, start);
            ulong descriptor = _memory.Read64(entry);
            if (TableDescriptor.IsTable(descriptor, level))
            {
                SetAccess(ref invalidator, ref changed, TableDescriptor.Output(descriptor), level + 1, start, next, access);
            }
            else if (TFormat.TryEncode(new PageAttributes(access, TFormat.Decode(descriptor).Type), out ulong bits))
            {
                Put(entry, TableDescriptor.Leaf(TableDescriptor.Output(descriptor), bits, level));
                changed.Add(in _memory, ref invalidator, start, level);
            }

            start = next;
        }
    }

    /// <summary>Takes out every leaf of a range and every table that becomes empty. No block crosses the ends of the range.</summary>
    private MappingResult Clear<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong start, ulong end)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        ChangedLeaves changed = new(leafOnly: false);
        MachineAddress unlinked = default;
        ClearTable(ref invalidator, ref changed, ref unlinked, Root, Geometry.StartLevel, start, end);
        changed.Flush(in _memory, ref invalidator);
        if (!invalidator.Complete())
        {
            return MappingResult.InvalidationIncomplete;
        }

        while (unlinked.Value != 0)
        {
            MachineAddress next = new(_memory.Read64(unlinked));
            _ = pool.TryFree(unlinked, 1);
            unlinked = next;
        }

        return MappingResult.Done;
    }

    private void ClearTable<TInvalidator>(
        ref TInvalidator invalidator,
        ref ChangedLeaves changed,
        ref MachineAddress unlinked,
        MachineAddress table,
        int level,
        ulong start,
        ulong end)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        while (start < end)
        {
            ulong next = Min(end, (start & ~(Span(level) - 1)) + Span(level));
            MachineAddress entry = Entry(table, level, start);
            ulong descriptor = _memory.Read64(entry);
            if (TableDescriptor.IsTable(descriptor, level))
            {
                MachineAddress child = TableDescriptor.Output(descriptor);
                ulong before = changed.Count;
                ClearTable(ref invalidator, ref changed, ref unlinked, child, level + 1, start, next);
                if (IsEmpty(child))
                {
                    Put(entry, 0);

                    // A walker may hold the table until the invalidation is complete. The link is an even number: to the walker an invalid descriptor.
                    _memory.Write64(child, unlinked.Value);
                    unlinked = child;
                    if (changed.Count == before)
                    {
                        // No leaf of it goes whose invalidation would take the cached table along.
                        changed.Add(in _memory, ref invalidator, start, TableDescriptor.PageLevel);
                    }
                }
            }
            else if (TableDescriptor.IsValid(descriptor))
            {
                Put(entry, 0);
                changed.Add(in _memory, ref invalidator, start, level);
            }

            start = next;
        }
    }

    private bool IsEmpty(MachineAddress table)
    {
        for (uint index = 0; index < TableEntries; index++)
        {
            if (TableDescriptor.IsValid(_memory.Read64(table + (index * sizeof(ulong)))))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFreeChildren(ref PagePool<TMemory> pool, MachineAddress table, int level)
    {
        bool owned = true;
        for (uint index = 0; index < TableEntries; index++)
        {
            ulong descriptor = _memory.Read64(table + (index * sizeof(ulong)));
            if (TableDescriptor.IsTable(descriptor, level))
            {
                MachineAddress child = TableDescriptor.Output(descriptor);
                owned &= TryFreeChildren(ref pool, child, level + 1);
                owned &= pool.TryFree(child, 1);
            }
        }

        return owned;
    }
}
