using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>What a guest's devices can reach through an SMMUv2: a stage-2 table in a context bank. The SMMU makes it and maps in it; several streams may share it.</summary>
/// <typeparam name="TMemory">The memory that the table is in.</typeparam>
public struct SmmuV2Space<TMemory>
    where TMemory : struct, IMachineMemory
{
    private readonly PageTable<Stage2Format, TMemory> _table;

    internal SmmuV2Space(PageTable<Stage2Format, TMemory> table, byte bank, byte tag)
    {
        _table = table;
        Bank = bank;
        Tag = tag;
    }

    /// <summary>The context bank.</summary>
    public byte Bank { get; }

    /// <summary>The VMID.</summary>
    public byte Tag { get; }

    /// <summary>Bytes that are mapped.</summary>
    public ulong MappedBytes { get; private set; }

    /// <summary>The table's root.</summary>
    internal readonly MachineAddress Root => _table.Root;

    /// <summary>The table's shape.</summary>
    internal readonly PageTableGeometry Geometry => _table.Geometry;

    /// <summary>What a device's access to an address leads to.</summary>
    public readonly bool TryTranslate(ulong input, out Translation translation) => _table.TryTranslate(input, out translation);

    internal MappingResult Map<TInvalidator>(
        ref PagePool<TMemory> pool,
        ref TInvalidator invalidator,
        ulong input,
        MachineAddress output,
        ulong length,
        PageAttributes attributes)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult result = _table.Map(ref pool, ref invalidator, input, output, length, attributes);
        MappedBytes += result == MappingResult.Done ? length : 0;
        return result;
    }

    internal MappingResult Unmap<TInvalidator>(ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong input, ulong length)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        MappingResult result = _table.Unmap(ref pool, ref invalidator, input, length);
        MappedBytes -= result == MappingResult.Done ? length : 0;
        return result;
    }

    internal readonly MappingResult Protect<TInvalidator>(
        ref PagePool<TMemory> pool, ref TInvalidator invalidator, ulong input, ulong length, PageAccess access)
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
        => _table.Protect(ref pool, ref invalidator, input, length, access);

    /// <summary>Returns every page to the pool; no walker may hold one.</summary>
    internal readonly bool TryDestroy(ref PagePool<TMemory> pool) => _table.TryDestroy(ref pool);
}
