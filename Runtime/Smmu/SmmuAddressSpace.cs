using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// What a guest's devices can reach: a table of the stage that the SMMU has, with the tag of its translations. The SMMU makes it and maps in it; several
/// streams may share it.
/// </summary>
/// <typeparam name="TMemory">The memory that the tables are in.</typeparam>
public struct SmmuAddressSpace<TMemory>
    where TMemory : struct, IMachineMemory
{
    private readonly PageTable<Stage1Format, TMemory> _stage1;
    private readonly PageTable<Stage2Format, TMemory> _stage2;

    private SmmuAddressSpace(PageTable<Stage1Format, TMemory> table, MachineAddress context, ushort tag, StreamTableEntry entry)
    {
        Stage = TranslationStage.Stage1;
        _stage1 = table;
        Context = context;
        Tag = tag;
        Entry = entry;
    }

    private SmmuAddressSpace(PageTable<Stage2Format, TMemory> table, ushort tag, StreamTableEntry entry)
    {
        Stage = TranslationStage.Stage2;
        _stage2 = table;
        Tag = tag;
        Entry = entry;
    }

    /// <summary>The stage of the table.</summary>
    public TranslationStage Stage { get; }

    /// <summary>The VMID of a stage-2 table, the ASID of a stage-1 table.</summary>
    public ushort Tag { get; }

    /// <summary>Bytes that are mapped.</summary>
    public ulong MappedBytes { get; private set; }

    /// <summary>The stream table entry that leads here.</summary>
    internal StreamTableEntry Entry { get; }

    /// <summary>The context descriptor of a stage-1 table.</summary>
    internal MachineAddress Context { get; }

    /// <summary>What a device's access to an address leads to.</summary>
    public readonly bool TryTranslate(ulong input, out Translation translation) =>
        Stage == TranslationStage.Stage2 ? _stage2.TryTranslate(input, out translation) : _stage1.TryTranslate(input, out translation);

    /// <summary>Makes an empty space of the stage that the SMMU has.</summary>
    internal static SmmuResult TryCreate(
        TMemory memory,
        SmmuCapabilities capabilities,
        ref PagePool<TMemory> pool,
        ushort tag,
        int inputBits,
        LeafSize largestLeaf,
        out SmmuAddressSpace<TMemory> space) =>
        capabilities.Stage == TranslationStage.Stage2
            ? TryCreateStage2(memory, capabilities, ref pool, tag, inputBits, largestLeaf, out space)
            : TryCreateStage1(memory, capabilities, ref pool, tag, inputBits, largestLeaf, out space);

    internal MappingResult Map<TInvalidator>(
        ref PagePool<TMemory> pool,
        ref TInvalidator invalidator,
        ulong input,
        MachineAddress output,
        ulong length,
        PageAttributes attributes)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult result = Stage == TranslationStage.Stage2
            ? _stage2.Map(ref pool, ref invalidator, input, output, length, attributes)
            : _stage1.Map(ref pool, ref invalidator, input, output, length, attributes);
        MappedBytes += result == MappingResult.Done ? length : 0;
        return result;
    }

    internal MappingResult Unmap<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong input, ulong length)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult result = Stage == TranslationStage.Stage2
            ? _stage2.Unmap(ref pool, ref invalidator, input, length)
            : _stage1.Unmap(ref pool, ref invalidator, input, length);
        MappedBytes -= result == MappingResult.Done ? length : 0;
        return result;
    }

    internal readonly MappingResult Protect<TInvalidator>(
        ref PagePool<TMemory> pool,
        ref TInvalidator invalidator,
        ulong input,
        ulong length,
        PageAccess access)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct =>
        Stage == TranslationStage.Stage2
            ? _stage2.Protect(ref pool, ref invalidator, input, length, access)
            : _stage1.Protect(ref pool, ref invalidator, input, length, access);

    /// <summary>Returns every page to the pool; no walker may hold one.</summary>
    internal readonly bool TryDestroy(ref PagePool<TMemory> pool) =>
        Stage == TranslationStage.Stage2 ? _stage2.TryDestroy(ref pool) : _stage1.TryDestroy(ref pool) & pool.TryFree(Context, 1);

    private static SmmuResult TryCreateStage2(
        TMemory memory,
        SmmuCapabilities capabilities,
        ref PagePool<TMemory> pool,
        ushort tag,
        int inputBits,
        LeafSize largestLeaf,
        out SmmuAddressSpace<TMemory> space)
    {
        space = default;
        if (inputBits > capabilities.OutputBits
            || !PageTableGeometry.TryCreate<Stage2Format>(inputBits, capabilities.OutputBits, largestLeaf, out PageTableGeometry geometry))
        {
            return SmmuResult.Unsupported;
        }

        if (!PageTable<Stage2Format, TMemory>.TryCreate(memory, geometry, ref pool, out PageTable<Stage2Format, TMemory> table))
        {
            return SmmuResult.OutOfMemory;
        }

        StreamTableEntry entry = StreamTableEntry.Stage2(table.Root, geometry, tag, capabilities.IsCoherent);
        space = new SmmuAddressSpace<TMemory>(table, tag, entry);
        return SmmuResult.Done;
    }

    private static SmmuResult TryCreateStage1(
        TMemory memory,
        SmmuCapabilities capabilities,
        ref PagePool<TMemory> pool,
        ushort tag,
        int inputBits,
        LeafSize largestLeaf,
        out SmmuAddressSpace<TMemory> space)
    {
        space = default;
        if (!PageTableGeometry.TryCreate<Stage1Format>(inputBits, capabilities.OutputBits, largestLeaf, out PageTableGeometry geometry))
        {
            return SmmuResult.Unsupported;
        }

        if (!pool.TryAllocate(1, out MachineAddress context))
        {
            return SmmuResult.OutOfMemory;
        }

        if (!PageTable<Stage1Format, TMemory>.TryCreate(memory, geometry, ref pool, out PageTable<Stage1Format, TMemory> table))
        {
            _ = pool.TryFree(context, 1);
            return SmmuResult.OutOfMemory;
        }

        new ContextDescriptor(table.Root, geometry, tag, capabilities.IsCoherent).Write(in memory, context);
        StreamTableEntry entry = StreamTableEntry.Stage1(context, capabilities.CanStall, capabilities.IsCoherent);
        space = new SmmuAddressSpace<TMemory>(table, context, tag, entry);
        return SmmuResult.Done;
    }
}
