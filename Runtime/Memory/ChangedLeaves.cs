namespace Sluice.Runtime.Memory;

/// <summary>Leaves that have been changed and not been invalidated yet, gathered into one range as long as they are neighbours of one size.</summary>
internal struct ChangedLeaves
{
    private readonly bool _leafOnly;
    private ulong _start;
    private ulong _end;
    private int _level;

    internal ChangedLeaves(bool leafOnly)
    {
        _leafOnly = leafOnly;
    }

    /// <summary>How many leaves were added in all.</summary>
    internal ulong Count { get; private set; }

    /// <summary>Adds a leaf; hands the range gathered so far to the invalidator when the leaf does not continue it.</summary>
    internal void Add<TMemory, TInvalidator>(in TMemory memory, ref TInvalidator invalidator, ulong input, int level)
        where TMemory : struct, IMachineMemory
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        if (input != _end || level != _level || _end == _start)
        {
            Flush(in memory, ref invalidator);
            _start = input;
            _level = level;
        }

        Count++;
        _end = input + (1UL << PageTableGeometry.LevelShift(level));
    }

    /// <summary>Hands over what is gathered. The changed descriptors are made visible first.</summary>
    internal void Flush<TMemory, TInvalidator>(in TMemory memory, ref TInvalidator invalidator)
        where TMemory : struct, IMachineMemory
        where TInvalidator : struct, ITranslationInvalidator, allows ref struct
    {
        if (_end != _start)
        {
            memory.Barrier();
            invalidator.Invalidate(new InvalidationRange(_start, _end - _start, _level, _leafOnly));
            _start = _end;
        }
    }
}
